/** How many calls may be made within any stretch of so many seconds, wherever it begins. */
export interface RateWindow {
  readonly calls: number;
  readonly seconds: number;
}
