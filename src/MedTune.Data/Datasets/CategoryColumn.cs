using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>A feature whose values are texts.</summary>
public sealed class CategoryColumn : FeatureColumn
{
    internal CategoryColumn(ColumnProfile profile, int[] codes, ImmutableArray<string> levels)
        : base(profile)
    {
        Codes = codes;
        Levels = levels;
    }

    /// <summary>For each row the position of its level in <see cref="Levels"/>; -1 is missing. Not to be changed.</summary>
    public int[] Codes { get; }

    /// <summary>The levels that occur, in ordinal order.</summary>
    public ImmutableArray<string> Levels { get; }

    /// <inheritdoc/>
    public override int RowCount => Codes.Length;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => Codes[row] < 0;
}
