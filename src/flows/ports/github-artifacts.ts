import type { ArtifactAnswer, WantedArtifact } from '../../domain/behavior/workflow-artifact.ts';

/** What workflows left behind, with the permission `actions: read`. What can not be read throws. */
export interface GitHubArtifacts {
  /** Of the newest successful run on the commit itself. A run on a merge of it MUST NOT count: with which base is told by nothing. */
  findArtifact(wanted: WantedArtifact): Promise<ArtifactAnswer>;
  /** Where the archive can be fetched for about a minute, without a token. The address opens it: never log it. */
  artifactUrl(id: number): Promise<URL>;
}
