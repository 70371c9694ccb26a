import { Injectable } from '@nestjs/common';
import { ConflictError, NotFoundError } from '../shared/domain-error.js';
import { JobQueue } from './job-queue.js';

/** What an administrator does to single jobs, with the reason when it cannot be done. */
@Injectable()
export class JobsAdminService {
  constructor(private readonly queue: JobQueue) {}

  /** @throws NotFoundError, ConflictError when it is neither failed, cancelled nor set aside. */
  async retry(id: string): Promise<void> {
    if (!(await this.queue.retry(id)))
      throw await this.refusal(id, 'only a failed, cancelled or set-aside job can be retried');
  }

  /** @throws NotFoundError, ConflictError when it had finished already. */
  async cancel(id: string): Promise<void> {
    if (!(await this.queue.cancel(id))) throw await this.refusal(id, 'it has finished already');
  }

  private async refusal(id: string, why: string): Promise<Error> {
    const job = await this.queue.get(id);
    return job
      ? new ConflictError(`The job is ${job.state}: ${why}.`, 'job_state')
      : new NotFoundError('Job');
  }
}
