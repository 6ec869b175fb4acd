using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Prediction;

namespace MedTune.Modalities.Tabular;

/// <summary>A dataset as the tabular modality works with it: raw inputs for every sample, classes and groups.</summary>
internal sealed class TabularData
{
    private readonly ImmutableArray<(PlanColumn Plan, FeatureColumn Column)> _columns;

    private TabularData(Dataset dataset, ImmutableArray<(PlanColumn Plan, FeatureColumn Column)> columns, RawInputs inputs)
    {
        _columns = columns;
        Dataset = dataset;
        Inputs = inputs;
        Classes = [.. dataset.Target];
        ClassNames = dataset.ClassNames;
        Groups = [.. dataset.Groups];
    }

    /// <summary>The dataset.</summary>
    public Dataset Dataset { get; }

    /// <summary>The raw columns of every sample, in the form the model takes.</summary>
    public RawInputs Inputs { get; }

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
    public static TabularData For(Dataset dataset, IReadOnlyList<PlanColumn> plan)
    {
        var byName = dataset.Features.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var columns = ImmutableArray.CreateBuilder<(PlanColumn, FeatureColumn)>();
        var inputs = new RawInputs(dataset.RowCount);
        foreach (var entry in plan.Where(entry => entry.Use != PlanColumn.LeftOut))
        {
            if (!byName.TryGetValue(entry.Name, out var column))
            {
                throw new PlanException($"The plan uses column '{entry.Name}', which is not among the usable columns of the data.");
            }

            columns.Add((entry, column));
            AddTo(inputs, entry, column);
        }

        if (columns.Count == 0)
        {
            throw new DataException("No column is left that could predict the target: every one is constant, an identifier, a date, free text or dropped.");
        }

        return new TabularData(dataset, columns.ToImmutable(), inputs);
    }

    /// <summary>Independent patients of the class that has the fewest of them among these rows.</summary>
    public int FewestGroups(int[] rows) => Enumerable.Range(0, ClassCount)
        .Min(k => rows.Where(row => Classes[row] == k).Select(row => Groups[row]).Distinct().Count());

    /// <summary>Measures the columns on these rows and no others.</summary>
    public ImmutableArray<MeasuredColumn> Measure(ReadOnlySpan<int> rows)
    {
        var measured = ImmutableArray.CreateBuilder<MeasuredColumn>(_columns.Length);
        foreach (var (plan, column) in _columns)
        {
            measured.Add(ColumnMeasurement.Of(plan, column, rows));
        }

        return measured.ToImmutable();
    }

    private static void AddTo(RawInputs inputs, PlanColumn plan, FeatureColumn column)
    {
        switch (column)
        {
            case NumberColumn number when plan.Use is PlanColumn.Number or PlanColumn.Coded:
                inputs.Add(plan.Name, Array.ConvertAll(number.Values, value => (float)value));
                break;
            case CategoryColumn category when plan.Use == PlanColumn.Category:
                inputs.Add(plan.Name, Array.ConvertAll(category.Codes, code => code < 0 ? "" : category.Levels[code]));
                break;
            default:
                throw new PlanException($"The plan uses column '{plan.Name}' as '{plan.Use}', which does not fit what the data hold there.");
        }
    }
}
