import { defineFilter } from '../hook.js';
import type { Viewer } from './people.data.js';
import type { VideoPage } from './video.data.js';

/** Parameters of a list of videos, checked, in the form of the REST API. */
export interface VideoListParameters {
  readonly start: number;
  /** At most 100. */
  readonly count: number;
  /** A sort key of the API, with a leading `-` for the reverse order. */
  readonly sort: string;
  readonly search?: string;
  /** Which videos that are not safe for work are shown: those only, none, or all. */
  readonly nsfw: 'true' | 'false' | 'both';
  readonly isLocal?: boolean;
  readonly skipCount?: boolean;
  readonly categoryOneOf?: readonly number[];
  readonly licenceOneOf?: readonly number[];
  readonly languageOneOf?: readonly string[];
  readonly tagsOneOf?: readonly string[];
  readonly tagsAllOf?: readonly string[];
  /** Seconds. */
  readonly durationMin?: number;
  readonly durationMax?: number;
  /** Published not before and not after; ISO 8601. */
  readonly startDate?: string;
  readonly endDate?: string;
  readonly privacyOneOf?: readonly number[];
  readonly host?: string;
}

export interface VideoListContext {
  /** Null: a visitor who is not logged in. */
  readonly viewer: Viewer | null;
  /** The list of one account, or of one channel. */
  readonly accountId?: number;
  readonly channelId?: number;
  /** The viewer's own videos, of every privacy and state. */
  readonly own: boolean;
}

/** What is asked for, with the parameters as the plugins before made them. */
export interface VideoPageContext extends VideoListContext {
  readonly parameters: VideoListParameters;
}

const PARAMETERS =
  'What all plugins together answer is checked as a request is, and not used when it is no good. It cannot show what the viewer may not see.';
const PAGE =
  'The answer is the JSON that is sent. Do what can be done with the parameters there: a page that loses rows here is a short one.';

export const videoListAsked = defineFilter<VideoListParameters, VideoListContext>({
  name: 'videos.list.ask',
  description: `Called before videos are listed, for every list but a search; the overview is one list of public videos. ${PARAMETERS}`,
  example: `(parameters, { viewer }) => (viewer ? parameters : { ...parameters, nsfw: 'false' as const })`,
});

export const videoListAnswered = defineFilter<VideoPage, VideoPageContext>({
  name: 'videos.list.answer',
  description: `Called with each page of a list of videos, for every list but a search. ${PAGE}`,
  example: `(page) => ({ ...page, data: page.data.map((video) => ({ ...video, name: video.name.normalize() })) })`,
});

export const videoSearchAsked = defineFilter<VideoListParameters, VideoListContext>({
  name: 'videos.search.ask',
  description: `Called before videos are searched for; \`search\` has the words. ${PARAMETERS}`,
  example: `(parameters) => ({ ...parameters, search: parameters.search?.replace(/#/g, ' ') })`,
});

export const videoSearchAnswered = defineFilter<VideoPage, VideoPageContext>({
  name: 'videos.search.answer',
  description: `Called with each page of what a search for videos found. ${PAGE}`,
  example: `(page, { parameters }) => (parameters.search === 'nothing' ? { total: 0, data: [] } : page)`,
});
