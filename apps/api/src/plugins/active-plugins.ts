import { Injectable } from '@nestjs/common';

/** The plugins that run in this process and are on: their hooks, routes and jobs are asked; those of others are not. */
@Injectable()
export class ActivePlugins {
  private readonly names = new Set<string>();

  has(name: string): boolean {
    return this.names.has(name);
  }

  set(name: string, isOn: boolean): void {
    if (isOn) this.names.add(name);
    else this.names.delete(name);
  }
}
