import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CommentActivities } from './comment-activities.service.js';
import { CommentDocumentsController } from './comment-documents.controller.js';
import { CommentEntity } from './comment.entity.js';
import { CommentHooks } from './comment-hooks.service.js';
import { CommentThreads } from './comment-threads.service.js';
import { CommentsController } from './comments.controller.js';
import { CommentsService } from './comments.service.js';
import { DeleteNoteHandler } from './delete-note.handler.js';
import { NoteThreads } from './note-thread.service.js';
import { NoteHandler } from './note.handler.js';
import { ReadReactionsJob } from './read-reactions.job.js';
import { RemoteComments } from './remote-comments.service.js';

/** What is said about videos, here and on other instances. */
@Module({
  imports: [TypeOrmModule.forFeature([CommentEntity])],
  controllers: [CommentsController, CommentDocumentsController],
  providers: [
    CommentsService,
    CommentThreads,
    CommentActivities,
    CommentHooks,
    NoteThreads,
    RemoteComments,
    NoteHandler,
    ReadReactionsJob,
    DeleteNoteHandler,
  ],
})
export class CommentsModule {}
