import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RateDocumentsController } from './rate-documents.controller.js';
import { RatesController } from './rates.controller.js';
import { RatesService } from './rates.service.js';
import { RateHandler } from './rate.handler.js';
import { UndoRateHandler } from './undo-rate.handler.js';
import { VideoRateEntity } from './video-rate.entity.js';

/** Likes and dislikes, here and from other instances. */
@Module({
  imports: [TypeOrmModule.forFeature([VideoRateEntity])],
  controllers: [RatesController, RateDocumentsController],
  providers: [RatesService, RateHandler, UndoRateHandler],
})
export class RatesModule {}
