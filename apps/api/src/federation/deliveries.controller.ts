import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { RequireRole } from '../auth/access.js';
import type { Page } from '../shared/page.js';
import { UserRole } from '../users/user.entity.js';
import { toDeliveryHostView, toDeliveryView } from './deliveries.mapper.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryCountsService } from './delivery-counts.service.js';
import {
  deliveryHostListQuery,
  type DeliveryHostListQuery,
  deliveryListQuery,
  type DeliveryListQuery,
  deliveryParam,
  type DeliveryParam,
  hostParam,
  type HostParam,
  hostRetry,
  type HostRetry,
} from './dto/delivery-requests.js';
import {
  deliveryHostPageSchema,
  type DeliveryHostView,
  deliveryPageSchema,
  type DeliveryPageView,
} from './dto/delivery-views.js';

/** What is to be told to other servers, per host, for administrators. (Ours, not in PeerTube.) */
@ApiTags('Federation')
@Controller('api/v1/federation/deliveries')
@RequireRole(UserRole.Administrator)
export class DeliveriesController {
  constructor(
    private readonly deliveries: DeliveriesService,
    private readonly counts: DeliveryCountsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'How deliveries to each host are going, those with most failures first.' })
  @ApiOkResponse({ standardSchema: deliveryHostPageSchema })
  async listHosts(
    @Query({ schema: deliveryHostListQuery }) query: DeliveryHostListQuery,
  ): Promise<Page<DeliveryHostView>> {
    const { total, data } = await this.deliveries.listHosts(query);
    const countsOf = await this.counts.of(data.map(({ host }) => host));
    return { total, data: data.map((row) => toDeliveryHostView(row, countsOf(row.host))) };
  }

  @Get(':host')
  @ApiOperation({ summary: 'A host, and what it has not got: waiting, refused or dropped.' })
  @ApiOkResponse({ standardSchema: deliveryPageSchema })
  @ApiNotFoundResponse()
  async list(
    @Param({ schema: hostParam }) { host }: HostParam,
    @Query({ schema: deliveryListQuery }) query: DeliveryListQuery,
  ): Promise<DeliveryPageView> {
    const row = await this.deliveries.host(host);
    const countsOf = await this.counts.of([host]);
    const { total, data } = await this.deliveries.list(host, query);
    return { host: toDeliveryHostView(row, countsOf(host)), total, data: data.map(toDeliveryView) };
  }

  @Post(':host/retry')
  @HttpCode(204)
  @ApiOperation({ summary: 'Tries the host now, whatever its back-off says.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  async retryHost(
    @Param({ schema: hostParam }) { host }: HostParam,
    @Query({ schema: hostRetry }) options: HostRetry,
  ): Promise<void> {
    await this.deliveries.retryHost(host, options);
  }

  @Post(':host/pause')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sends nothing to the host until `resume`; what is to be sent waits.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  async pause(@Param({ schema: hostParam }) { host }: HostParam): Promise<void> {
    await this.deliveries.pause(host);
  }

  @Post(':host/resume')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ends a pause.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  async resume(@Param({ schema: hostParam }) { host }: HostParam): Promise<void> {
    await this.deliveries.resume(host);
  }

  @Delete(':host')
  @HttpCode(204)
  @ApiOperation({ summary: 'Drops all that waits for the host; each can be sent again.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  async drop(@Param({ schema: hostParam }) { host }: HostParam): Promise<void> {
    await this.deliveries.drop(host);
  }

  @Post(':host/:id/retry')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sends a refused or dropped delivery again.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: '`delivery_state`: it waits or has arrived.' })
  async retry(@Param({ schema: deliveryParam }) { host, id }: DeliveryParam): Promise<void> {
    await this.deliveries.retry(host, id);
  }
}
