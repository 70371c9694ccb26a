import { Module } from '@nestjs/common';
import { CandidateRanking } from './candidate-ranking.js';
import { MeasureRounds } from './measure-rounds.js';
import { OriginMeter } from './origin-meter.js';
import { OriginSpeeds } from './origin-speeds.js';
import { SlowOriginsController } from './slow-origins.controller.js';
import { StateReader } from './state-reader.js';
import { ViewListener } from './view-listener.js';
import { WatchedVideos } from './watched-videos.js';

@Module({
  controllers: [SlowOriginsController],
  providers: [
    CandidateRanking,
    MeasureRounds,
    OriginMeter,
    OriginSpeeds,
    StateReader,
    ViewListener,
    WatchedVideos,
  ],
})
export class SlowOriginsModule {}
