/** One attempt of GitHub to hand over a delivery. */
export interface DeliveryAttempt {
  /** Id for redelivery; several attempts may share one GUID. */
  readonly id: number;
  readonly guid: string;
  readonly deliveredAt: string;
  readonly hasArrived: boolean;
  /** Asked for by somebody: earlier attempts with its GUID stand further back. */
  readonly isRepeated: boolean;
}

export interface DeliveryPage {
  readonly attempts: readonly DeliveryAttempt[];
  /** Where to go on; null at the end. */
  readonly next: string | null;
}
