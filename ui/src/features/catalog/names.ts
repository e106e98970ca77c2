/** Words that Flink's parser takes for itself, so that an object of this name must be quoted; the common ones. */
const RESERVED = new Set(
  `ALL AND ANY ARRAY AS AT BEGIN BETWEEN BOTH BY CASE CAST CHECK COLUMN COMMIT CONSTRAINT CREATE CROSS CUBE CURRENT DATE
   DAY DEFAULT DELETE DESCRIBE DISTINCT DROP ELSE END ESCAPE EXCEPT EXISTS EXPLAIN FALSE FETCH FILTER FLOAT FOR FROM FULL
   FUNCTION GRANT GROUP GROUPING HAVING HOUR IN INNER INSERT INT INTERSECT INTERVAL INTO IS JOIN LANGUAGE LEFT LIKE LIMIT
   LOCAL MATCH MERGE METHOD MINUTE MODULE MONTH NATURAL NEW NO NONE NOT NULL OF OFFSET ON ONLY OR ORDER OUT OUTER OVER
   PARTITION PATTERN PERCENT PERIOD POSITION PRIMARY RANGE RANK REFERENCES RESULT RIGHT ROLLUP ROW ROWS SECOND SELECT SESSION
   SET SHOW SOME START STATEMENT SYSTEM TABLE THEN TIME TIMESTAMP TO TRUE UNION UNIQUE UNKNOWN UPDATE USER USING VALUE
   VALUES VARYING VIEW WHEN WHERE WINDOW WITH WITHIN YEAR`
    .trim()
    .split(/\s+/),
);

/** A name as SQL text: in backticks where it would not be read as a name. */
export function quoted(name: string): string {
  const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RESERVED.has(name.toUpperCase());
  return plain ? name : `\`${name.replaceAll('`', '``')}\``;
}

/** The full name of a table as SQL text. */
export function tableName(catalog: string, database: string, table: string): string {
  return [catalog, database, table].map(quoted).join('.');
}
