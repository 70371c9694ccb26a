/** Refused: the message is the `failure reason` the client reads. */
export class Refusal extends Error {}
