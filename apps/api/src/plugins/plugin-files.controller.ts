import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { createReadStream } from 'node:fs';
import { PluginFiles } from './plugin-files.service.js';

/** What plugins add to the pages: their web module with what lies beside it, their static files and translations. */
@ApiTags('Plugins')
@Controller('plugins')
export class PluginFilesController {
  constructor(private readonly files: PluginFiles) {}

  @Get(':name/:version/*')
  @ApiOperation({ summary: 'A public file of a plugin’s package; it never changes under this version.' })
  @ApiParam({ name: 'path', description: 'Of the file, within the package.' })
  @ApiOkResponse({ description: 'The file.' })
  @ApiNotFoundResponse({ description: 'No such file, or the plugin is off.' })
  async file(
    @Param('name') name: string,
    @Param('version') version: string,
    @Param('*') path: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.files.find(name, version, path);
    await reply
      .header('content-type', file.type)
      .header('content-length', file.size)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('x-content-type-options', 'nosniff')
      .send(createReadStream(file.path));
  }
}
