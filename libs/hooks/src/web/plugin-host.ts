import type { Ref } from 'vue';
import type { Translate, WebTexts } from './texts.js';

export interface HostRequest {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON, or as the form it is. */
  readonly body?: object;
  readonly signal?: AbortSignal;
}

/** What the promise of `api` is rejected with. */
export interface HostApiError extends Error {
  /** HTTP status; 0 when the server could not be reached. */
  readonly status: number;
  /** Machine-readable reason, such as `not_found`. */
  readonly code: string;
  /** What is wrong with each field, by its name. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface HostUser {
  readonly id: number;
  readonly username: string;
  readonly displayName: string;
  readonly isAdministrator: boolean;
}

/** What the pages offer the components of a plugin. */
export interface PluginHost {
  readonly plugin: { readonly name: string; readonly displayName: string };
  /**
   * Asks the REST API as the visitor: `api('GET', 'videos', { query: { count: 5 } })`. Paths are below `/api/v1/`. Answers what
   * the server said as JSON, null without a body. Rejects with a HostApiError; an abort by `signal` with its own.
   * Catch it: what nobody catches takes the component out of the page, as every other throw.
   */
  api<Answer>(method: string, path: string, request?: HostRequest): Promise<Answer>;
  /** A short note that leaves by itself and is read out by screen readers. */
  notify(text: string, kind?: 'info' | 'problem'): void;
  /** Null for visitors, and until the user is known. */
  readonly user: Readonly<Ref<HostUser | null>>;
  /** Language of the pages: `en`. */
  readonly locale: string;
  /**
   * The texts of the plugin in the language of the visitor: `const t = host.texts({ jump: 'Go to {title}' })`, then
   * `t('jump', { title })`. Other languages are the files that `translations` of `definePlugin` names, JSON with the same
   * keys; the first that the browser asks for is taken. What it does not have is said in English.
   */
  texts<const Texts extends WebTexts>(english: Texts): Translate<Texts>;
  /** Language of these texts, such as `de`: for the `lang` of elements that have them. */
  readonly language: string;
  readonly format: {
    /** `1:02:03` */
    duration(seconds: number): string;
    /** `1.2 GB` */
    bytes(bytes: number): string;
    /** `1.2K` */
    count(count: number): string;
    /** `3 days ago`; of an ISO 8601 time. */
    ago(date: string): string;
    /** `24 November 2026`, as the language writes it; of an ISO 8601 time. */
    date(date: string): string;
  };
}
