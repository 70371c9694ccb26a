import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import {
  buildHostMeta,
  buildHostMetaXml,
  JRD_TYPE,
  type NodeinfoVersion,
  nodeinfoType,
  type WebfingerDocument,
} from '@vidiverse/federation';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Config } from '../config/config.js';
import { NotFoundError } from '../shared/domain-error.js';
import { DiscoveryService } from './discovery.service.js';

const webfingerQuery = z.object({ resource: z.string({ error: 'is needed: acct:name@host' }).max(2100) });
const VERSIONS: Record<string, NodeinfoVersion> = { '2.0.json': '2.0', '2.1.json': '2.1' };
const object = { schema: { type: 'object' } } as const;

/** How peers and people's servers find what is here. */
@ApiTags('Discovery')
@Controller()
export class WellKnownController {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly config: Config,
  ) {}

  @Get('.well-known/webfinger')
  @Header('content-type', JRD_TYPE)
  @ApiOperation({ summary: 'WebFinger (RFC 7033): the actor behind a handle.' })
  @ApiQuery({ name: 'resource', description: '`acct:name@host`, or the URL of an actor.' })
  @ApiOkResponse(object)
  @ApiBadRequestResponse({ description: 'No such form of resource.' })
  @ApiNotFoundResponse({ description: 'Nobody of that name is here.' })
  webfinger(
    @Query({ schema: webfingerQuery }) { resource }: z.output<typeof webfingerQuery>,
  ): Promise<WebfingerDocument> {
    return this.discovery.webfinger(resource);
  }

  @Get('.well-known/nodeinfo')
  @ApiOperation({ summary: 'Where the NodeInfo documents and the instance actor are.' })
  @ApiOkResponse(object)
  nodeinfoIndex(): Promise<object> {
    return this.discovery.nodeinfoIndex();
  }

  @Get('nodeinfo/:document')
  @ApiOperation({
    summary: 'NodeInfo, `2.0.json` or `2.1.json`: what software this is and how much is here.',
  })
  @ApiOkResponse(object)
  @ApiNotFoundResponse({ description: 'No such version.' })
  async nodeinfo(@Param('document') document: string, @Res() reply: FastifyReply): Promise<void> {
    const version = VERSIONS[document];
    if (!version) throw new NotFoundError('Document');
    const body = await this.discovery.nodeinfo(version);
    await reply.header('content-type', nodeinfoType(version)).send(JSON.stringify(body));
  }

  @Get('.well-known/host-meta')
  @Header('content-type', 'application/xrd+xml; charset=utf-8')
  @ApiOperation({ summary: 'Where WebFinger is (RFC 6415), as XML.' })
  @ApiOkResponse({ content: { 'application/xrd+xml': { schema: { type: 'string' } } } })
  hostMeta(): string {
    return buildHostMetaXml(this.config.url);
  }

  @Get('.well-known/host-meta.json')
  @ApiOperation({ summary: 'The same as JSON.' })
  @ApiOkResponse(object)
  hostMetaJson(): object {
    return buildHostMeta(this.config.url);
  }
}
