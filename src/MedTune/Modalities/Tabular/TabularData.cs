using System.Collections.Immutable;
using MedTune.Columns;
using MedTune.Data;
using MedTune.Prediction;

namespace MedTune.Modalities.Tabular;

/// <summary>A dataset as the tabular modality works with it: raw inputs for every sample, classes and groups.</summary>
internal sealed class TabularData
{
    private readonly DatasetColumns _columns;

    private TabularData(Dataset dataset, DatasetColumns columns)
    {
        _columns = columns;
        Dataset = dataset;
        Classes = [.. dataset.Target];
        ClassNames = dataset.ClassNames;
        Groups = [.. dataset.Groups];
    }

    /// <summary>The dataset.</summary>
    public Dataset Dataset { get; }

    /// <summary>The raw columns of every sample, in the form the model takes.</summary>
    public RawInputs Inputs => _columns.Inputs;

    /// <summary>Class of every sample.</summary>
    public ImmutableArray<int> Classes { get; }

    /// <summary>The classes' names, the positive one last.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>Samples of one group stand on one side of every split.</summary>
    public ImmutableArray<int> Groups { get; }

    /// <summary>Number of samples.</summary>
    public int Rows => Classes.Length;

    /// <summary>Number of classes.</summary>
    public int ClassCount => ClassNames.Length;

    /// <summary>A sample that is not answered yet.</summary>
    /// <param name="row">The sample.</param>
    /// <param name="fold">Its outer fold, or -1.</param>
    public SamplePrediction Sample(int row, int fold) =>
        new(Dataset.RowNumbers[row], fold, Classes[row], -1, [], double.NaN, Dataset.Patients is { } patients ? patients[row] : row);

    /// <summary>The dataset under a plan.</summary>
    public static TabularData For(Dataset dataset, IReadOnlyList<PlanColumn> plan) => new(dataset, DatasetColumns.For(dataset, plan));

    /// <summary>Independent patients of the class that has the fewest of them among these rows.</summary>
    public int FewestGroups(int[] rows) => Enumerable.Range(0, ClassCount)
        .Min(k => rows.Where(row => Classes[row] == k).Select(row => Groups[row]).Distinct().Count());

    /// <summary>Measures the columns on these rows and no others.</summary>
    public ImmutableArray<MeasuredColumn> Measure(ReadOnlySpan<int> rows) => _columns.Measure(rows);
}
