type Environment = Record<string, string | undefined>;

/** The environment with what the command line says: `--no-plugins` starts without any, so that a broken one can be switched off. */
export const withCommandLine = (parameters: readonly string[], environment: Environment): Environment =>
  parameters.includes('--no-plugins') ? { ...environment, VIDIVERSE_PLUGINS_ENABLED: 'false' } : environment;
