import { useApi } from '../api';
import type { Page } from '../api/types';
import type { PageQuery } from './usePages';
import { handleOf } from '../format/links';

export interface Block {
  /** A host, or a handle. */
  name: string;
  createdAt: string;
}

/** A list of blocks, and what is done with it. */
export interface BlockList {
  list(page: PageQuery, signal: AbortSignal): Promise<Page<Block>>;
  block(name: string): Promise<void>;
  unblock(name: string): Promise<void>;
}

/** Whom this instance blocks. */
export function useBlocks(): { servers: BlockList; accounts: BlockList } {
  const { blocks } = useApi();
  return {
    servers: {
      list: async (page, signal) =>
        mapped(await blocks.servers({ ...page }, signal), ({ blockedServer, createdAt }) => ({
          name: blockedServer.host,
          createdAt,
        })),
      block: blocks.blockServer,
      unblock: blocks.unblockServer,
    },
    accounts: {
      list: async (page, signal) =>
        mapped(await blocks.accounts({ ...page }, signal), ({ blockedAccount, createdAt }) => ({
          name: handleOf(blockedAccount),
          createdAt,
        })),
      block: blocks.blockAccount,
      unblock: blocks.unblockAccount,
    },
  };
}

const mapped = <T, U>({ total, data }: Page<T>, map: (item: T) => U): Page<U> => ({
  total,
  data: data.map(map),
});
