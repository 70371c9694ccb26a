import { Module } from '@nestjs/common';
import { BlockedHosts } from './blocked-hosts.js';
import { BlocklistGuards } from './blocklist-guards.js';
import { BlocklistRounds } from './blocklist-rounds.js';
import { BlocklistsController } from './blocklists.controller.js';
import { StoredLists } from './stored-lists.js';

@Module({
  controllers: [BlocklistsController],
  providers: [BlocklistGuards, BlocklistRounds, BlockedHosts, StoredLists],
})
export class SharedBlocklistsModule {}
