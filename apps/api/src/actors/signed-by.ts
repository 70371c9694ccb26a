import { type RequestSigner, signRequest } from '@vidiverse/federation';
import type { ActorEntity } from './actor.entity.js';

/** Id of an actor's key, as its document names it. */
export const keyIdOf = ({ url }: Pick<ActorEntity, 'url'>): string => `${url}#main-key`;

/** Signs what this server asks of others in the name of an actor of ours: some answer nobody they cannot name. */
export const signedBy =
  (actor: Pick<ActorEntity, 'url' | 'privateKey'>): RequestSigner =>
  ({ method, url }) =>
    signRequest({ method, url, keyId: keyIdOf(actor), privateKeyPem: actor.privateKey! });
