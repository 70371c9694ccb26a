export type JsonValue = string | number | boolean | null | JsonObject | readonly JsonValue[];

/** Plain data, frozen where a handler gets it. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}
