import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { RemoteImages } from './remote-images.service.js';

const JPEG = 'image/jpeg';
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Images of videos from other instances. */
@ApiTags('Files')
@ApiOkResponse({ description: 'The image, in our own size.' })
@ApiProduces(JPEG)
@ApiNotFoundResponse({ description: 'No such image, or its instance does not give it now.' })
@Controller('lazy-static')
export class RemoteImagesController {
  constructor(private readonly images: RemoteImages) {}

  @Get('thumbnails/remote/:name')
  @Header('content-type', JPEG)
  @Header('cache-control', FOR_EVER)
  @ApiOperation({
    summary: 'Beyond PeerTube: the thumbnail of a remote video. Another picture has another name.',
  })
  thumbnail(@Param('name') name: string): Promise<Buffer> {
    return this.images.get('thumbnail', name);
  }

  @Get('previews/remote/:name')
  @Header('content-type', JPEG)
  @Header('cache-control', FOR_EVER)
  @ApiOperation({
    summary: 'Beyond PeerTube: the preview of a remote video. Another picture has another name.',
  })
  preview(@Param('name') name: string): Promise<Buffer> {
    return this.images.get('preview', name);
  }
}
