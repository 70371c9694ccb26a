import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentUser, RequireUser } from '../auth/access.js';
import type { UserEntity } from '../users/user.entity.js';
import { videoAttributes } from '../videos/dto/video-attributes.js';
import { formSchema } from './dto/upload-form.js';
import { type UploadedVideo, toUploadedVideo, uploadedVideo } from './dto/uploaded-video.js';
import { FormUploads } from './form-uploads.service.js';

@ApiTags('Uploads')
@Controller('api/v1/videos/upload')
export class UploadsController {
  constructor(private readonly uploads: FormUploads) {}

  /** The whole video in one request. */
  @Post()
  @HttpCode(200)
  @RequireUser()
  @ApiOperation({
    summary: 'Uploads a video in one form.',
    description:
      'For small files and scripts; a lost connection loses the upload (see `/videos/upload-resumable`). ' +
      'What the file is, is told by its content. A refused upload leaves nothing behind.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: formSchema(videoAttributes, {
      videofile: 'The video, at most `uploads.maxFileSize` bytes and within the uploader’s quota.',
      thumbnailfile: 'JPEG, PNG or WebP, at most `uploads.maxThumbnailSize` bytes.',
      previewfile: 'JPEG, PNG or WebP, at most `uploads.maxThumbnailSize` bytes.',
    }),
  })
  @ApiOkResponse({
    standardSchema: uploadedVideo,
    description: 'The video exists; its processing has been queued.',
  })
  @ApiResponse({ status: 400, description: 'A field is missing or wrong; `invalid-params` names it.' })
  @ApiResponse({
    status: 413,
    description: 'Larger than a limit (`max_file_size_reached`) or the quota (`quota_reached`).',
  })
  @ApiResponse({ status: 415, description: 'The content is no video, or an image is none.' })
  @ApiResponse({
    status: 422,
    description: 'A video that cannot be used: broken, empty, or beyond a limit that is named.',
  })
  @ApiResponse({ status: 507, description: 'The disk is full. `Retry-After` in seconds.' })
  async upload(@Req() request: FastifyRequest, @CurrentUser() user: UserEntity): Promise<UploadedVideo> {
    return toUploadedVideo(await this.uploads.upload(user, request));
  }
}
