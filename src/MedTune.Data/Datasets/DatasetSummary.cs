using System.Collections.Immutable;
using MedTune.Data.Genes;

namespace MedTune.Data;

/// <summary>What is in a dataset, what is wrong with it and what was done: what <c>inspect</c> and reports show.</summary>
public sealed record DatasetSummary
{
    /// <summary>Whether the rows are pictures rather than rows of a table; there are no columns then.</summary>
    public bool IsOfPictures { get; init; }

    /// <summary>The form of gene data; none for tables and pictures. Of gene data there are no columns.</summary>
    public GeneForm Genes { get; init; }

    /// <summary>Whether the classes are findings, of which a picture may have none, one or several.</summary>
    public bool HasSeveralLabels { get; init; }

    /// <summary>How the file is written, in one line.</summary>
    public required string Format { get; init; }

    /// <summary>Data rows in the file.</summary>
    public required int FileRows { get; init; }

    /// <summary>Columns in the file.</summary>
    public required int FileColumns { get; init; }

    /// <summary>Rows that are used.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows that are not used, and why; with <see cref="Rows"/> they add up to <see cref="FileRows"/>.</summary>
    public required ImmutableArray<LeftOutRows> LeftOut { get; init; }

    /// <summary>The target rule in its standard form, or the empty text.</summary>
    public required string Target { get; init; }

    /// <summary>The classes with their rows; of two, the positive one is last.</summary>
    public required ImmutableArray<ClassCount> Classes { get; init; }

    /// <summary>Number of features.</summary>
    public required int Features { get; init; }

    /// <summary>Number of patients, or null when no column says who the patients are.</summary>
    public required int? Patients { get; init; }

    /// <summary>Number of sites, or null when no column says where rows come from.</summary>
    public required int? Sites { get; init; }

    /// <summary>Rows that equal an earlier row in all features and the target.</summary>
    public required int DuplicateRows { get; init; }

    /// <summary>Share of the features' cells that are missing, from 0 to 1.</summary>
    public required double MissingShare { get; init; }

    /// <summary>The columns in the order of the file.</summary>
    public required ImmutableArray<ColumnProfile> Columns { get; init; }

    /// <summary>What was found and done, the gravest first.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>Signs that the data give the target away, whether answered or not (see <see cref="LeakageCertificate"/>).</summary>
    public ImmutableArray<LeakSuspect> Leaks { get; init; } = [];

    /// <summary>The data's digest.</summary>
    public required string Digest { get; init; }
}
