import { Controller, Get, Param } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../auth/access.js';
import { NotFoundError } from '../shared/domain-error.js';
import type { UserEntity } from '../users/user.entity.js';
import { fileMetadataSchema, type FileMetadataView } from './dto/file-metadata-view.js';
import { fileMetadata } from './file-metadata.js';
import { VideosService } from './videos.service.js';

@ApiTags('Videos')
@Controller('api/v1/videos/:id/metadata')
export class FileMetadataController {
  constructor(private readonly videos: VideosService) {}

  @Get(':fileId')
  @ApiOperation({ summary: 'What is known of one file of a video, in the shape of ffprobe’s JSON.' })
  @ApiOkResponse({ standardSchema: fileMetadataSchema })
  @ApiNotFoundResponse({ description: 'No such video or file, or not yours to see.' })
  async get(
    @Param('id') id: string,
    @Param('fileId') fileId: string,
    @CurrentUser() user: UserEntity | null,
  ): Promise<FileMetadataView> {
    const video = await this.videos.findVisible(id, user);
    const file = video.files?.find((candidate) => String(candidate.id) === fileId);
    if (!file) throw new NotFoundError('File');
    return fileMetadata(video, file);
  }
}
