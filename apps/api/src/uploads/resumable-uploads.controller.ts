import { Controller, Delete, HttpCode, Post, Put, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentUser, RequireUser } from '../auth/access.js';
import { UnsupportedMediaError } from '../shared/domain-error.js';
import type { UserEntity } from '../users/user.entity.js';
import type { VideoEntity } from '../videos/video.entity.js';
import { announcedSize, maybeVideo, resumableStart } from './dto/resumable-start.js';
import { formSchema, parseFields } from './dto/upload-form.js';
import { type UploadedVideo, toUploadedVideo, uploadedVideo } from './dto/uploaded-video.js';
import { FormUploads } from './form-uploads.service.js';
import { ResumableUploads, type SessionProgress } from './resumable-uploads.service.js';
import { RESUMABLE_PATH } from './upload-bodies.js';
import { UploadImages } from './upload-images.service.js';

const RESUME_INCOMPLETE = 308;

const uploadQuery = z.object({ upload_id: z.uuid().describe('From the `Location` that began the upload.') });
type UploadQuery = z.output<typeof uploadQuery>;

const startHeaders = z.object({ 'X-Upload-Content-Length': announcedSize });

const header = (description: string) => ({ description, schema: { type: 'string' as const } });
const range = { Range: header('`bytes=0-<last>`: what has arrived. Absent when nothing has.') };
const retryAfter = { 'Retry-After': header('Seconds.') };
const unknownUpload = {
  status: 404,
  description: 'No such upload, or it has expired, or it is another user’s.',
};

@ApiTags('Uploads')
@RequireUser()
@Controller(RESUMABLE_PATH)
export class ResumableUploadsController {
  constructor(
    private readonly uploads: ResumableUploads,
    private readonly forms: FormUploads,
    private readonly images: UploadImages,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({
    summary: 'Begins an upload that survives lost connections and restarts.',
    description:
      'PeerTube’s protocol (node-uploadx). Then PUT the bytes in chunks to `Location`. The same file with the same fields, ' +
      'announced again by the same user, continues the upload that was begun. An unfinished upload expires ' +
      '`uploads.sessionLifetime` seconds after its last byte; a user has at most `uploads.maxSessionsPerUser`.',
  })
  @ApiHeader({
    name: 'X-Upload-Content-Length',
    required: true,
    description: 'Bytes of the whole file, at most `uploads.maxFileSize`.',
  })
  @ApiHeader({
    name: 'X-Upload-Content-Type',
    required: false,
    description: 'Its media type. The content decides in the end.',
  })
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiBody({
    schema: formSchema(resumableStart, {
      thumbnailfile: 'In a form only. JPEG, PNG or WebP, at most `uploads.maxThumbnailSize` bytes.',
      previewfile: 'In a form only. JPEG, PNG or WebP, at most `uploads.maxThumbnailSize` bytes.',
    }),
  })
  @ApiResponse({
    status: 201,
    description: 'Begun.',
    headers: { Location: header('Where the chunks go: `/api/v1/videos/upload-resumable?upload_id=<id>`.') },
  })
  @ApiOkResponse({
    standardSchema: uploadedVideo.partial(),
    description: 'Known already. With the video when everything has arrived.',
    headers: { Location: header('Where the chunks go.'), ...range },
  })
  @ApiResponse({
    status: 400,
    description: 'A field or header is missing or wrong; `invalid-params` names it.',
  })
  @ApiResponse({
    status: 413,
    description: 'Larger than a limit (`max_file_size_reached`) or the quota (`quota_reached`).',
  })
  @ApiResponse({
    status: 415,
    description: 'Announced as something other than a video, or an image is none.',
  })
  @ApiResponse({ status: 429, description: 'Too many unfinished uploads.', headers: retryAfter })
  async start(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @CurrentUser() user: UserEntity,
  ): Promise<UploadedVideo | undefined> {
    const { 'x-upload-content-length': length, 'x-upload-content-type': type } = request.headers;
    const { 'X-Upload-Content-Length': size } = parseFields(startHeaders, {
      'X-Upload-Content-Length': length,
    });
    if (!maybeVideo(String(type ?? '')))
      throw new UnsupportedMediaError(`${String(type)} is no kind of video.`);
    const form = request.isMultipart() ? await this.forms.receive(request, {}) : null;
    try {
      const start = parseFields(resumableStart, form ? form.fields : (request.body ?? {}));
      const outcome = await this.uploads.start(user, start, size, this.images.pathsIn(form?.files));
      if ('session' in outcome) {
        void reply.header('location', `/${RESUMABLE_PATH}?upload_id=${outcome.session.id}`);
        if (outcome.bytes > 0) void reply.status(200);
      } else void reply.status(200);
      return this.answer(outcome, reply);
    } finally {
      await form?.discard();
    }
  }

  @Put()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Takes the next chunk, or says how much has arrived.',
    description:
      'After a lost connection ask with `Content-Range: bytes */<total>` and an empty body, and go on behind the answered `Range`. ' +
      'The last chunk answers the video; sent again it answers the same video. A newer request ends an older one.',
  })
  @ApiHeader({
    name: 'Content-Range',
    required: false,
    description:
      '`bytes <first>-<last>/<total>` or `bytes */<total>`; without it the body is the whole file. ' +
      'A chunk other than the last has at least `uploads.minChunkSize` bytes.',
  })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ required: false, schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({
    standardSchema: uploadedVideo,
    description: 'All bytes arrived: the video exists, its processing has been queued.',
  })
  @ApiResponse({ status: 308, description: 'More is missing.', headers: range })
  @ApiResponse({ status: 400, description: '`Content-Range` is malformed, or the chunk is too small.' })
  @ApiResponse(unknownUpload)
  @ApiResponse({
    status: 409,
    description: '`range_mismatch`: not the next byte, or another total.',
    headers: range,
  })
  @ApiResponse({
    status: 413,
    description: 'The quota was used up meanwhile (`quota_reached`). The upload is over.',
  })
  @ApiResponse({ status: 415, description: 'The content is no video. The upload is over.' })
  @ApiResponse({
    status: 422,
    description: 'A video that cannot be used: broken, or beyond a limit that is named. The upload is over.',
  })
  @ApiResponse({
    status: 507,
    description: 'The disk is full. What has arrived is kept.',
    headers: retryAfter,
  })
  async receive(
    @Query({ schema: uploadQuery }) { upload_id: id }: UploadQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @CurrentUser() user: UserEntity,
  ): Promise<UploadedVideo | undefined> {
    const outcome = await this.uploads.receive(user, id, request.raw);
    if ('session' in outcome) void reply.status(RESUME_INCOMPLETE);
    return this.answer(outcome, reply);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Gives up an unfinished upload and its bytes.' })
  @ApiNoContentResponse({ description: 'Gone.' })
  @ApiResponse(unknownUpload)
  @ApiResponse({ status: 409, description: 'It has become a video: delete that.' })
  async cancel(
    @Query({ schema: uploadQuery }) { upload_id: id }: UploadQuery,
    @Req() request: FastifyRequest,
    @CurrentUser() user: UserEntity,
  ): Promise<void> {
    await this.uploads.cancel(user, id, request.raw);
  }

  private answer(outcome: SessionProgress | VideoEntity, reply: FastifyReply): UploadedVideo | undefined {
    if (!('session' in outcome)) return toUploadedVideo(outcome);
    if (outcome.bytes > 0) void reply.header('range', `bytes=0-${outcome.bytes - 1}`);
    return undefined;
  }
}
