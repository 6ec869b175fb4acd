using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>A feature whose values are numbers: measurements, yes/no as 0 and 1, or numeric codes of categories.</summary>
public sealed class NumberColumn : FeatureColumn
{
    internal NumberColumn(ColumnProfile profile, double[] values, bool isCategory)
        : base(profile)
    {
        Values = values;
        IsCategory = isCategory;
        Levels = isCategory ? [.. values.Where(value => !double.IsNaN(value)).Distinct().Order()] : [];
    }

    /// <summary>The values by row; NaN is missing. Not to be changed.</summary>
    public double[] Values { get; }

    /// <summary>Whether the numbers are codes of categories.</summary>
    public bool IsCategory { get; }

    /// <summary>The distinct codes in rising order when <see cref="IsCategory"/>; else empty.</summary>
    public ImmutableArray<double> Levels { get; }

    /// <inheritdoc/>
    public override int RowCount => Values.Length;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(Values[row]);
}
