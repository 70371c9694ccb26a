import { Controller, Get, Header, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { allowFraming } from '../http/security-headers.js';
import { NotFoundError } from '../shared/domain-error.js';
import { PagesService } from './pages.service.js';

/** Addresses that open the web app; the app's own router shows the page. */
const PAGES = [
  '/',
  'login',
  'setup',
  'upload',
  'search',
  'my-library',
  'my-library/:page',
  'videos/update/:id',
  'c/:handle',
  'c/:handle/:tab',
  'a/:handle',
  'a/:handle/:tab',
  'admin',
  'admin/:page',
  'admin/deliveries/:host',
  'admin/plugins/:plugin',
  'admin/plugins/:plugin/:page',
  'my-library/plugins/:plugin/:page',
];

@ApiExcludeController()
@Controller()
export class PagesController {
  constructor(private readonly pages: PagesService) {}

  @Get(PAGES)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-cache')
  site(): Promise<string> {
    return this.pages.site();
  }

  @Get(['w/:id', 'videos/watch/:id'])
  async watch(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await send(reply, await this.pages.watch(id));
  }

  /** The player alone, for frames on other sites: the one page that may be framed. */
  @Get('videos/embed/:id')
  async embed(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    allowFraming(reply);
    await send(reply, await this.pages.embed(id));
  }

  /** The id of a comment, opened by people: it stands below its video. */
  @Get('videos/watch/:id/comments/:commentId')
  async comment(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await reply.header('vary', 'Accept').redirect(`/w/${encodeURIComponent(id)}`, 302);
  }

  /** The ids of actors, opened by people: peers get the actor's document (federation/content-negotiation.ts). */
  @Get(['accounts/:name', 'video-channels/:name'])
  async actor(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const folder = reply.request.url.startsWith('/accounts/') ? 'a' : 'c';
    await reply.header('vary', 'Accept').redirect(`/${folder}/${encodeURIComponent(name)}`, 302);
  }

  /** Whoever opens an unknown address in a browser sees a page that says so; programs get a problem document. */
  @Get('*')
  async unknown(@Headers('accept') accept: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    if (!accept?.includes('text/html')) throw new NotFoundError('Address');
    await send(reply, { status: 404, html: await this.pages.site() });
  }
}

async function send(reply: FastifyReply, { status, html }: { status: number; html: string }): Promise<void> {
  await reply
    .status(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .send(html);
}
