/** Samples of the change that a workflow has still to send. */
export interface AwaitedSamples {
  /** Name of the behaviour. */
  readonly behavior: string;
  /** Of its file, to which a finding says that there are none. */
  readonly path: string;
  /** Milliseconds from the first judgement of the head. */
  readonly waitFor: number;
}
