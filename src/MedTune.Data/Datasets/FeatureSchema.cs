namespace MedTune.Data;

/// <summary>How a model takes a column, so that other data is read the same way.</summary>
/// <param name="Kind">Number, Category or YesNo.</param>
/// <param name="IsNumeric">Whether the values are numbers (also the numeric codes of a category); null leaves it to the data.</param>
public sealed record FeatureSchema(ColumnKind Kind, bool? IsNumeric);
