using System.Collections.Immutable;
using MedTune.Data.Genes;
using MedTune.Data.Images;

namespace MedTune.Data;

/// <summary>What a person says about a table: what to predict, which columns are what, what means missing.</summary>
public sealed record DatasetOptions
{
    /// <summary>The column to predict, or a rule on one (see <see cref="TargetRule"/>). Default: null, a table without target, all rows kept.</summary>
    public string? Target { get; init; }

    /// <summary>The positive class. With more than two levels, this one against all others. Default: null, chosen and stated as a finding.</summary>
    public string? Positive { get; init; }

    /// <summary>Columns that are no features.</summary>
    public ImmutableArray<string> Drop { get; init; } = [];

    /// <summary>Columns whose numbers are codes of categories.</summary>
    public ImmutableArray<string> Categorical { get; init; } = [];

    /// <summary>Texts that mean missing, beside the default ones.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>The column that says which rows belong to one patient, or <c>COL:REGEX</c>, whose first capture is the patient. Default: null.</summary>
    public string? Patient { get; init; }

    /// <summary>The column that says where a row comes from. Default: null.</summary>
    public string? Site { get; init; }

    /// <summary>What is done with exact duplicates. Default: kept.</summary>
    public DuplicateAction Duplicates { get; init; } = DuplicateAction.Keep;

    /// <summary>How volumes among pictures are cut into slices. Default: axial; not used of tables.</summary>
    public AnatomicalPlane Plane { get; init; }

    /// <summary>When a model is given: exactly these columns are the features, taken as it takes them, even where they are constant or empty here.
    /// Default: null, all suitable columns.</summary>
    public ImmutableSortedDictionary<string, FeatureSchema>? Schema { get; init; }

    /// <summary>When a model is given: its classes in order. Default: empty, taken from the data.</summary>
    public ImmutableArray<string> ClassNames { get; init; } = [];

    /// <summary>Whether to look for columns that give the target away; a table that a finished model is judged on needs it no more. Default: yes.</summary>
    public bool ChecksLeaks { get; init; } = true;

    /// <summary>The day on which the data are read, to find dates after it. Default: null, not looked for.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>What belongs to gene data beside the file itself. Default: nothing.</summary>
    public GeneFiles Genes { get; init; } = GeneFiles.None;

    /// <summary>How the file is read, where that is stated.</summary>
    public TableReadOptions Read { get; init; } = TableReadOptions.Default;
}
