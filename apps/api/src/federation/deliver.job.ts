import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HostSender } from '@vidiverse/federation';
import { Config } from '../config/config.js';
import { JobQueue, type RunningJob } from '../jobs/job-queue.js';
import { DeliveryDispatcher, deliverJob } from './delivery-dispatcher.js';

/** Milliseconds until the job that asks for another run has surely ended. */
const JOB_ENDS = 50;

/** Runs the library's sender for the host of a job. */
@Injectable()
export class DeliverJob implements OnModuleInit {
  constructor(
    private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly sender: HostSender,
    private readonly dispatcher: DeliveryDispatcher,
  ) {}

  onModuleInit(): void {
    const { concurrency } = this.config.federation.delivery;
    this.queue.process({ ...deliverJob, concurrency }, (job) => this.deliver(job));
  }

  private async deliver({ id, payload: { host }, signal }: RunningJob<{ host: string }>): Promise<void> {
    // A job that failed and was retried by hand has lost its key: the host may have another one by now.
    if ((await this.queue.add(deliverJob, { host }, { uniqueKey: host })) !== id) return;
    const again = await this.dispatcher.whileBusy(host, () => this.sender.run(host, signal));
    if (again !== null) this.dispatcher.soon(Math.max(again, JOB_ENDS));
  }
}
