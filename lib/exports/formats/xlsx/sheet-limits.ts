/** The most rows of a sheet, header and all. */
export const MAX_ROWS = 1_048_576;
/** The most columns of a sheet: A to XFD. */
export const MAX_COLUMNS = 16_384;
