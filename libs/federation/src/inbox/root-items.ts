import type { JsonObject, JsonValue } from '../vocabulary/read-json.js';
import { InboxRefusalError } from './inbox-request.js';

const COLLECTIONS: ReadonlySet<JsonValue | undefined> = new Set([
  'Collection',
  'OrderedCollection',
  'CollectionPage',
  'OrderedCollectionPage',
]);

/**
 * The activities of a body: itself, or what the collection has that it is. Each is then checked by itself, as if it had
 * come alone.
 */
export function itemsOf(root: JsonObject, max: number): JsonObject[] {
  if (!COLLECTIONS.has(root.type)) return [root];
  const items = [root.orderedItems ?? root.items ?? []].flat();
  if (items.length > max) {
    throw new InboxRefusalError(400, 'too_many_activities', `An inbox takes ${max} activities at once.`);
  }
  const activities = items.filter(
    (item): item is JsonObject => typeof item === 'object' && item !== null && !Array.isArray(item),
  );
  if (activities.length === 0 || activities.length < items.length) {
    throw new InboxRefusalError(
      400,
      'malformed_activity',
      'A collection holds activities, and at least one.',
    );
  }
  const context = root['@context'];
  return activities.map((item) =>
    item['@context'] !== undefined || context === undefined ? item : { '@context': context, ...item },
  );
}
