/**
 * A plugin's settings, injected into its providers: `constructor(private readonly settings: PluginSettings<MySettings>)`.
 * An administrator may change them while the server runs, so read them when they are needed.
 */
export abstract class PluginSettings<Settings = unknown> {
  /** As they are now: checked by the plugin's schema, with its defaults, frozen. */
  abstract get(): Settings;

  /** Tells each change, once it is stored. Answers how to hear no more of them. */
  abstract onChange(listener: (settings: Settings) => void): () => void;
}
