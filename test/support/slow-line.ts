import type { INestApplication } from '@nestjs/common';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestInstance } from './create-instance.js';

/** The line of an instance, as long as it serves files. */
export interface SlowLine {
  /** Bytes per second of each answer; null: as fast as it is. */
  speed: number | null;
}

/** Lets the answers of an instance to paths that begin so drip. */
export function slowLineOf({ nest }: Pick<TestInstance, 'nest'>, path: string): SlowLine {
  const line: SlowLine = { speed: null };
  const server = (nest as INestApplication<Server>).getHttpServer();
  const listeners = server.listeners('request') as Array<(...given: unknown[]) => void>;
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (line.speed !== null && request.url!.startsWith(path)) drip(response, line.speed);
    for (const listener of listeners) listener.call(server, request, response);
  });
  return line;
}

/** Whatever is written comes after what was written before, each in its time. */
function drip(response: ServerResponse, speed: number): void {
  const write = response.write.bind(response) as (chunk: Uint8Array) => boolean;
  const end = response.end.bind(response) as (chunk?: Uint8Array) => void;
  let before = Promise.resolve();
  const inTime = (chunk: Uint8Array | undefined, send: () => void) => {
    const milliseconds = ((chunk?.length ?? 0) / speed) * 1000;
    before = before.then(() => pause(milliseconds)).then(send);
  };
  Object.assign(response, {
    write: (chunk: Uint8Array) => {
      inTime(chunk, () => {
        write(chunk);
        response.emit('drain');
      });
      return false;
    },
    end: (chunk?: Uint8Array) => {
      inTime(chunk, () => end(chunk));
      return response;
    },
  });
}
