import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { CurrentUser, RequireUser } from '../auth/access.js';
import { KnownPeopleService } from '../following/known-people.service.js';
import type { UserEntity } from '../users/user.entity.js';
import { VideosService } from '../videos/videos.service.js';
import type { CommentEntity } from './comment.entity.js';
import { commentView } from './comment.mapper.js';
import { CommentThreads } from './comment-threads.service.js';
import { CommentsService } from './comments.service.js';
import {
  commentCreation,
  type CommentCreation,
  commentParams,
  type CommentParams,
  threadListQuery,
  type ThreadListQuery,
  threadParams,
  type ThreadParams,
} from './dto/comment-requests.js';
import {
  commentTreeSchema,
  type CommentTreeView,
  createdCommentSchema,
  type CreatedCommentView,
  threadPageSchema,
  type ThreadPageView,
} from './dto/comment-view.js';

@ApiTags('Comments')
@ApiNotFoundResponse({ description: 'No such video or comment, or not yours to see.' })
@Controller('api/v1/videos/:id')
export class CommentsController {
  constructor(
    private readonly videos: VideosService,
    private readonly threads: CommentThreads,
    private readonly comments: CommentsService,
    private readonly people: KnownPeopleService,
  ) {}

  @Get('comment-threads')
  @ApiOperation({ summary: 'Comments on the video itself, each with the number of its answers.' })
  @ApiOkResponse({ standardSchema: threadPageSchema })
  async list(
    @Param('id') id: string,
    @Query({ schema: threadListQuery }) query: ThreadListQuery,
    @CurrentUser() user: UserEntity | null,
  ): Promise<ThreadPageView> {
    return this.threads.list(await this.videos.findVisible(id, user), query, user);
  }

  @Get('comment-threads/:threadId')
  @ApiOperation({ summary: 'One comment on the video with all answers to it.' })
  @ApiOkResponse({ standardSchema: commentTreeSchema })
  async thread(
    @Param({ schema: threadParams }) { id, threadId }: ThreadParams,
    @CurrentUser() user: UserEntity | null,
  ): Promise<CommentTreeView> {
    return this.threads.tree(await this.videos.findVisible(id, user), threadId, user);
  }

  @Post('comment-threads')
  @HttpCode(200)
  @RequireUser()
  @ApiOperation({ summary: 'Comments on the video.' })
  @ApiOkResponse({ standardSchema: createdCommentSchema })
  @ApiForbiddenResponse({
    description: 'Codes `refused_by_plugin`, `held_by_plugin` (to be tried again later).',
  })
  @ApiConflictResponse({ description: 'Code `comments_disabled`.' })
  @ApiTooManyRequestsResponse({ description: 'More than `interaction.commentsPerWindow`.' })
  async create(
    @Param('id') id: string,
    @Body({ schema: commentCreation }) { text }: CommentCreation,
    @CurrentUser() user: UserEntity,
  ): Promise<CreatedCommentView> {
    const video = await this.videos.findVisible(id, user);
    return this.created(await this.comments.create(user, video, text, null));
  }

  @Post('comments/:commentId')
  @HttpCode(200)
  @RequireUser()
  @ApiOperation({ summary: 'Answers a comment.' })
  @ApiOkResponse({ standardSchema: createdCommentSchema })
  @ApiForbiddenResponse({
    description: 'Codes `refused_by_plugin`, `held_by_plugin` (to be tried again later).',
  })
  @ApiConflictResponse({ description: 'Codes `comments_disabled`, `comment_deleted`.' })
  @ApiUnprocessableEntityResponse({ description: 'Code `thread_too_deep`.' })
  @ApiTooManyRequestsResponse({ description: 'More than `interaction.commentsPerWindow`.' })
  async reply(
    @Param({ schema: commentParams }) { id, commentId }: CommentParams,
    @Body({ schema: commentCreation }) { text }: CommentCreation,
    @CurrentUser() user: UserEntity,
  ): Promise<CreatedCommentView> {
    const video = await this.videos.findVisible(id, user);
    return this.created(await this.comments.create(user, video, text, commentId));
  }

  @Delete('comments/:commentId')
  @HttpCode(204)
  @RequireUser()
  @ApiOperation({ summary: 'Deletes a comment; answers to it stay.' })
  @ApiNoContentResponse()
  @ApiForbiddenResponse({ description: 'Neither your comment nor your video.' })
  async remove(
    @Param({ schema: commentParams }) { id, commentId }: CommentParams,
    @CurrentUser() user: UserEntity,
  ): Promise<void> {
    await this.comments.remove(user, await this.videos.findVisible(id, user), commentId);
  }

  private async created(comment: CommentEntity): Promise<CreatedCommentView> {
    return { comment: commentView(comment, await this.people.of([comment.account])) };
  }
}
