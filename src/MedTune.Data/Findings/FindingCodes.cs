namespace MedTune.Data;

/// <summary>The codes of the findings that reading and preparing a table can give.</summary>
public static class FindingCodes
{
    /// <summary>The text is not in UTF-8; the encoding was recognized from its bytes.</summary>
    public const string Encoding = "encoding";

    /// <summary>Numbers are written with a decimal comma.</summary>
    public const string DecimalComma = "decimal-comma";

    /// <summary>Completely empty lines were passed over.</summary>
    public const string BlankLines = "blank-lines";

    /// <summary>Quotes in places where the CSV rules do not allow them; kept as text.</summary>
    public const string StrayQuotes = "stray-quotes";

    /// <summary>White space around values was removed.</summary>
    public const string WhiteSpace = "white-space";

    /// <summary>Cells hold control characters, or the replacement character of an earlier wrong conversion.</summary>
    public const string StrayCharacters = "stray-characters";

    /// <summary>Cells are empty or hold a marker, and count as missing.</summary>
    public const string MissingValues = "missing-values";

    /// <summary>A marker such as <c>?</c> or <c>-</c> was taken as missing without having been named.</summary>
    public const string MissingMarker = "missing-marker";

    /// <summary>A text that can mean missing (such as <c>-</c>) was kept as a value.</summary>
    public const string PossibleMissingMarker = "possible-missing-marker";

    /// <summary>A marker named by the user appears in no column.</summary>
    public const string UnusedMissingMarker = "unused-missing-marker";

    /// <summary>Numbers written in an unusual way (thousands separators, the other decimal mark) were converted.</summary>
    public const string NumberFormat = "number-format";

    /// <summary>A unit written into the cells was removed.</summary>
    public const string Unit = "unit";

    /// <summary>Several units in one column; it is not taken as a number.</summary>
    public const string MixedUnits = "mixed-units";

    /// <summary>Values beyond a measuring limit, such as <c>&lt;0.5</c>, were taken as the limit.</summary>
    public const string BeyondLimit = "beyond-limit";

    /// <summary>A few cells of a numeric column are no numbers, and count as missing.</summary>
    public const string NotANumber = "not-a-number";

    /// <summary>A column that cannot be a feature (constant, free text, identifier, date) was left out.</summary>
    public const string ColumnLeftOut = "column-left-out";

    /// <summary>A column was left out because the user said so.</summary>
    public const string ColumnDropped = "column-dropped";

    /// <summary>A numeric column with few distinct integers may hold codes.</summary>
    public const string LooksCoded = "looks-coded";

    /// <summary>A category has very many levels for the number of rows.</summary>
    public const string ManyLevels = "many-levels";

    /// <summary>Rows without a known target were left out.</summary>
    public const string TargetMissing = "target-missing";

    /// <summary>How the target was read: rule, classes, positive class.</summary>
    public const string Target = "target";

    /// <summary>The positive class was chosen by convention.</summary>
    public const string PositiveClass = "positive-class";

    /// <summary>A class has few rows.</summary>
    public const string RareClass = "rare-class";

    /// <summary>Rows equal in all features and in the target.</summary>
    public const string DuplicateRows = "duplicate-rows";

    /// <summary>Rows equal in all features with different targets.</summary>
    public const string ContradictoryRows = "contradictory-rows";

    /// <summary>Patients with several rows.</summary>
    public const string RepeatedPatients = "repeated-patients";

    /// <summary>Rows whose patient is not known.</summary>
    public const string PatientMissing = "patient-missing";

    /// <summary>Rows whose site is not known.</summary>
    public const string SiteMissing = "site-missing";

    /// <summary>A fold file puts equal rows on two sides.</summary>
    public const string FoldsSplitDuplicates = "folds-split-duplicates";

    /// <summary>A fold file puts a patient on two sides.</summary>
    public const string FoldsSplitPatients = "folds-split-patients";

    /// <summary>A fold file lists rows that were left out of the data.</summary>
    public const string FoldsRowsLeftOut = "folds-rows-left-out";

    /// <summary>A fold file does not list every row.</summary>
    public const string FoldsRowsNotListed = "folds-rows-not-listed";

    /// <summary>Test data given apart hold rows that are also in the training data.</summary>
    public const string TestRowsInTraining = "test-rows-in-training";

    /// <summary>A column is known only after the fact: follow-up time, death, discharge, length of stay, charges.</summary>
    public const string LeakAfterTheFact = "leak-after-the-fact";

    /// <summary>A column measures the outcome itself another way: another test's result, a reader's verdict.</summary>
    public const string LeakSameOutcome = "leak-same-outcome";

    /// <summary>A column is the target written differently, or tells it almost without error.</summary>
    public const string LeakTargetCopy = "leak-target-copy";

    /// <summary>A column that numbers the rows, in a file sorted by the target.</summary>
    public const string LeakRowNumber = "leak-row-number";

    /// <summary>Patients have several rows, and no patient column was named.</summary>
    public const string LeakPatients = "leak-patients";

    /// <summary>A column alone tells the classes apart unusually well.</summary>
    public const string LeakStrongColumn = "leak-strong-column";

    /// <summary>The order of the rows says something about the target.</summary>
    public const string RowOrder = "row-order";

    /// <summary>Zeros in a measurement that cannot be zero.</summary>
    public const string ImpossibleZeros = "impossible-zeros";

    /// <summary>Values that no patient can have.</summary>
    public const string ImpossibleValues = "impossible-values";

    /// <summary>Part of a column may be in another unit.</summary>
    public const string UnitSuspicion = "unit-suspicion";

    /// <summary>Rows that equal another row in nearly all features.</summary>
    public const string NearDuplicates = "near-duplicates";

    /// <summary>Levels with many rows, none of which has the outcome, or all.</summary>
    public const string OneSidedLevels = "one-sided-levels";

    /// <summary>Dates written in several orders, or among texts that are none.</summary>
    public const string MixedDates = "mixed-dates";

    /// <summary>Dates after the day on which the data are read.</summary>
    public const string FutureDates = "future-dates";

    /// <summary>Dates after the date of the outcome.</summary>
    public const string DatesAfterOutcome = "dates-after-outcome";

    /// <summary>A category has levels with very few rows.</summary>
    public const string RareCategories = "rare-categories";

    /// <summary>A column that seems to say where a row comes from is used as a feature.</summary>
    public const string SiteColumn = "site-column";

    /// <summary>A column that seems to hold a point in time is used as a feature.</summary>
    public const string TimeColumn = "time-column";
}
