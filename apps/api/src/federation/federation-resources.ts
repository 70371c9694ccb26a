import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { RemoteClient, SignatureWorkers } from '@vidiverse/federation';

/** Closes what the library holds open: connections and threads. */
@Injectable()
export class FederationResources implements OnApplicationShutdown {
  constructor(
    private readonly client: RemoteClient,
    private readonly workers: SignatureWorkers,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
    await this.workers.close();
  }
}
