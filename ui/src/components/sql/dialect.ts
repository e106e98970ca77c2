import { SQLDialect } from '@codemirror/lang-sql';

/** Words with a meaning in Flink 2.3's SQL: those reserved by its parser and those of its own statements. */
const KEYWORDS = `
  add after all alter analyze and any as asc at before begin between by cascade case cast catalog catalogs changelog
  changelog_mode check collect columns comment commit compact compile compute constraint create cross cube cumulate
  current current_catalog current_database data database databases deallocate declare default define delete desc
  describe descriptor disable distinct distributed drop else enforced enable end engine escape estimated_cost except
  exchange execute exists explain extended extract false fetch filter first following for foreign freshness from full
  function functions global grant group grouping having hop hints if ignore in include including inner insert intersect
  interval into is jar jars java job jobs join json_execution_plan key language last lateral left like limit load local
  match match_recognize materialized matched matches measures merge metadata mode model models modify module modules
  natural next no not null nulls of offset on one only optimize option or order outer over overwrite overwriting
  partition partitioned partitions past pattern per percent plan plan_advice position preceding primary procedures prev
  properties proctime python qualify quit range recursive refresh refresh_mode remove rename reset resume right rollup
  row rows rowtime running scala schema select session set sets show similar skip some start statement statements stop
  subset suspend symmetric system system_time table tables tablesample temporary then ties to trailing true truncate
  tumble unbounded unenforced union unique unknown unload update use user using values view views virtual watermark
  watermarks when where while window with within without`;

const TYPES = `
  array bigint binary boolean bytes char character date decimal descriptor double float int integer map multiset numeric
  precision raw real smallint string structured time timestamp timestamp_ltz timestamp_tz tinyint varbinary varchar
  varying variant year month day hour minute second zone`;

/** Flink's functions that scripts use most; the server's completion knows them all. */
const FUNCTIONS = `
  abs approx_count_distinct array_agg array_contains avg ceil char_length coalesce concat concat_ws convert_tz count
  current_date current_row_timestamp current_time current_timestamp current_watermark date_format dayofmonth dayofweek
  dense_rank exp first_value floor from_unixtime greatest hop_end hop_start ifnull initcap json_exists json_object
  json_query json_string json_value lag last_value lead least ln localtimestamp lower lpad ltrim max md5 min mod now
  ntile nullif parse_json parse_url position power proctime quarter rand rank regexp regexp_extract regexp_replace repeat
  replace reverse round row_number rpad rtrim session_end session_start sha256 sign split_index sqrt str_to_map stddev_pop
  stddev_samp substring sum timestampadd timestampdiff to_date to_timestamp to_timestamp_ltz trim try_cast tumble_end
  tumble_start typeof unix_timestamp upper uuid var_pop var_samp week window_end window_start window_time`;

const words = (text: string) => text.trim().split(/\s+/).join(' ');

/** Flink SQL: identifiers in backticks, strings in single quotes, comments with -- and slash-star. */
export const FlinkSql = SQLDialect.define({
  keywords: words(KEYWORDS),
  types: words(TYPES),
  builtin: words(FUNCTIONS),
  identifierQuotes: '`',
  backslashEscapes: false,
  hashComments: false,
  slashComments: false,
  spaceAfterDashes: false,
  doubleQuotedStrings: false,
  operatorChars: '*+-%<>!=&|^/~?',
  specialVar: '',
});
