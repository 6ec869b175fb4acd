using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Prediction;

namespace MedTune.Columns;

/// <summary>The columns of a dataset that a plan uses: their raw values for every sample, and what is measured of them on some.</summary>
internal sealed class DatasetColumns
{
    private readonly ImmutableArray<(PlanColumn Plan, FeatureColumn Column)> _columns;

    private DatasetColumns(ImmutableArray<(PlanColumn Plan, FeatureColumn Column)> columns, RawInputs inputs) => (_columns, Inputs) = (columns, inputs);

    /// <summary>The raw columns of every sample, in the form a model takes.</summary>
    public RawInputs Inputs { get; }

    /// <summary>The columns of a dataset under a plan.</summary>
    /// <exception cref="PlanException">The plan does not fit the data.</exception>
    /// <exception cref="DataException">No column is left.</exception>
    public static DatasetColumns For(Dataset dataset, IReadOnlyList<PlanColumn> plan)
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

        return new DatasetColumns(columns.ToImmutable(), inputs);
    }

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
