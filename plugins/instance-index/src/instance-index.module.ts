import { Module } from '@nestjs/common';
import { DayLimit } from './day-limit.js';
import { IndexFollower } from './index-follower.js';
import { IndexRounds } from './index-rounds.js';
import { InstanceIndexController } from './instance-index.controller.js';
import { OwnFollows } from './own-follows.js';

@Module({
  controllers: [InstanceIndexController],
  providers: [IndexRounds, IndexFollower, OwnFollows, DayLimit],
})
export class InstanceIndexModule {}
