import { Global, Module } from '@nestjs/common';
import { Courier, DeliverySchedule, DeliveryStore, HostSender } from '@vidiverse/federation';
import { Config } from '../config/config.js';
import { Audience } from './audience.service.js';
import { DeliverJob } from './deliver.job.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryCountsService } from './delivery-counts.service.js';
import { DeliveryDispatcher } from './delivery-dispatcher.js';
import { DeliveryHooks } from './delivery-hooks.service.js';
import { DeliverySweeper } from './delivery-sweeper.js';
import { DueHosts } from './due-hosts.js';
import { HttpCourier } from './http-courier.js';
import { ObjectHooks } from './object-hooks.service.js';
import { OutboxService } from './outbox.service.js';
import { SignedActivities } from './signed-activities.js';
import { TypeOrmDeliveryStore } from './typeorm-delivery-store.js';

/** Telling others: activities are written with the change that they tell, and delivered until they arrive. */
@Global()
@Module({
  controllers: [DeliveriesController],
  providers: [
    Audience,
    OutboxService,
    DueHosts,
    DeliveryDispatcher,
    DeliverJob,
    DeliverySweeper,
    DeliveriesService,
    DeliveryCountsService,
    SignedActivities,
    DeliveryHooks,
    ObjectHooks,
    { provide: DeliveryStore, useClass: TypeOrmDeliveryStore },
    { provide: Courier, useClass: HttpCourier },
    {
      provide: HostSender,
      inject: [DeliveryStore, Courier, Config],
      useFactory: (store: DeliveryStore, courier: Courier, { federation: { delivery } }: Config) =>
        new HostSender(store, courier, new DeliverySchedule(delivery), delivery),
    },
  ],
  exports: [Audience, OutboxService, ObjectHooks],
})
export class OutboxModule {}
