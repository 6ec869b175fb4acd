namespace MedTune.Data;

/// <summary>One input of the model over the rows of a dataset: a <see cref="NumberColumn"/> or a <see cref="CategoryColumn"/>.</summary>
public abstract class FeatureColumn
{
    private protected FeatureColumn(ColumnProfile profile) => Profile = profile;

    /// <summary>The column's name.</summary>
    public string Name => Profile.Name;

    /// <summary>What it holds.</summary>
    public ColumnKind Kind => Profile.Kind;

    /// <summary>What is known about it.</summary>
    public ColumnProfile Profile { get; }

    /// <summary>Number of rows.</summary>
    public abstract int RowCount { get; }

    /// <summary>Whether a row has no value.</summary>
    /// <param name="row">The dataset's row, from 0.</param>
    public abstract bool IsMissing(int row);
}
