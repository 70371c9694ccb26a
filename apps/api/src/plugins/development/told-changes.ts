import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { BehaviorSubject, type Observable } from 'rxjs';
import { PluginChanges } from '../plugin-changes.js';

export const CHANGES_PATH = '/plugins-dev/changes';

/** How things stand with the plugin in the making; what pages compare with what they were told before. */
export interface Standing {
  /** Of this process: another one has other code of the server. */
  run: string;
  /** Of the files for the pages. */
  stamp: string;
  /** Why what is written does not run, for its author. */
  problem: string | null;
}

/** Tells open pages what the terminal of `vidiverse plugin dev` knows. */
@Injectable()
export class ToldChanges extends PluginChanges implements OnModuleDestroy {
  readonly path = CHANGES_PATH;
  private readonly subject: BehaviorSubject<Standing>;

  constructor() {
    super();
    const run = Date.now().toString(36);
    this.subject = new BehaviorSubject<Standing>({ run, stamp: run, problem: null });
  }

  /** How it stands, at once and with each change. */
  get standing(): Observable<Standing> {
    return this.subject.asObservable();
  }

  servedAs(version: string): string {
    return `${version}-${this.subject.value.stamp}`;
  }

  /** Files for the pages are others now. */
  filesChanged(): void {
    this.change({ stamp: Date.now().toString(36) });
  }

  say(problem: string | null): void {
    this.change({ problem });
  }

  /** Streams that stay open would hold up the end of the server. */
  onModuleDestroy(): void {
    this.subject.complete();
  }

  private change(changes: Partial<Standing>): void {
    this.subject.next({ ...this.subject.value, ...changes });
  }
}
