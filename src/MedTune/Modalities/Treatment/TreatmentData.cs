using System.Collections.Immutable;
using System.Globalization;
using MedTune.Columns;
using MedTune.Data;
using MedTune.Graphs;
using MedTune.Prediction;

namespace MedTune.Modalities.Treatment;

/// <summary>A table as the treatment modality works with it: what was known before, the arm each patient received, and what came of it.</summary>
internal sealed class TreatmentData
{
    private const int MostArms = 10;
    private const int FewestPatients = 10;

    private readonly DatasetColumns _columns;

    private TreatmentData(Dataset dataset, ImmutableArray<PlanColumn> plan, ImmutableArray<string> armNames, int[] arms, double[] outcomes)
    {
        _columns = DatasetColumns.For(dataset, plan);
        (Dataset, Plan, ArmNames, Arms, Outcomes) = (dataset, plan, armNames, arms, outcomes);
        Rows = [.. Enumerable.Range(0, dataset.RowCount).Where(row => arms[row] >= 0 && !double.IsNaN(outcomes[row]))];
    }

    /// <summary>The covariates, without any target.</summary>
    public Dataset Dataset { get; }

    /// <summary>The raw columns of every row, in the form a model takes.</summary>
    public RawInputs Inputs => _columns.Inputs;

    /// <summary>How each column is used.</summary>
    public ImmutableArray<PlanColumn> Plan { get; }

    /// <summary>The arms' names, the control first.</summary>
    public ImmutableArray<string> ArmNames { get; }

    /// <summary>The arm of every row; -1 where it is not known.</summary>
    public int[] Arms { get; }

    /// <summary>The outcome of every row, higher being better; NaN where it is not known.</summary>
    public double[] Outcomes { get; }

    /// <summary>The rows with an arm and an outcome.</summary>
    public int[] Rows { get; }

    /// <summary>Whether every outcome is 0 or 1 (or 0 and -1, turned round).</summary>
    public bool IsYesNo => Rows.Select(row => Outcomes[row]).Distinct().Take(3).All(value => value is 0 or 1 or -1) && Rows.Select(row => Outcomes[row]).Distinct().Take(3).Count() == 2;

    /// <summary>The probability of each arm by the trial's design; null where it must be estimated.</summary>
    public ImmutableArray<double>? Design { get; private init; }

    /// <summary>Reads a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="said">Which columns are what.</param>
    /// <param name="options">Everything else that is said of the table; its target is not used.</param>
    /// <exception cref="DataException">The table cannot tell the effect of the treatment.</exception>
    public static TreatmentData From(Table table, TreatmentColumns said, DatasetOptions options)
    {
        var missing = MissingMarkers.With(options.Missing);
        var column = table[said.Treatment];
        double[] outcomes = table[said.Outcome].ReadNumbers(missing, table.Format.DecimalMark, out int notNumbers);
        if (said.Treatment == said.Outcome)
        {
            throw new DataException($"Column '{said.Outcome}' cannot be the treatment and the outcome too: name two columns.");
        }

        if (notNumbers > 0)
        {
            throw new DataException(
                $"The outcome column '{said.Outcome}' holds {Count(notNumbers, "text")} that is no number: give numbers, or 0 and 1 for no and yes.");
        }

        // Equal covariates are no sign of one patient here: two patients of the same age and sex may have received different arms.
        string[] dropped = [.. options.Drop.Union([said.Treatment, said.Outcome], StringComparer.Ordinal)];
        var dataset = Dataset.From(table, options with { Target = null, Drop = [.. dropped] });
        string[] texts = column.ReadTexts(missing);
        return From(
            dataset,
            Array.ConvertAll(dataset.RowNumbers, row => texts[row]),
            Array.ConvertAll(dataset.RowNumbers, row => said.LowerIsBetter ? -outcomes[row] : outcomes[row]),
            said);
    }

    /// <summary>From a dataset of covariates.</summary>
    /// <param name="dataset">Without target, treatment and outcome.</param>
    /// <param name="treatments">For each row the value of the treatment column; empty where not known.</param>
    /// <param name="outcomes">For each row the outcome, higher being better; NaN where not known.</param>
    /// <param name="said">The columns' names and the control.</param>
    /// <exception cref="DataException">The rows cannot tell the effect of the treatment.</exception>
    public static TreatmentData From(Dataset dataset, string[] treatments, double[] outcomes, TreatmentColumns said)
    {
        var names = Names(treatments, said);
        int[] arms = Array.ConvertAll(treatments, text => names.IndexOf(text));
        var data = new TreatmentData(dataset, PlanColumn.For(dataset), names, arms, outcomes) { Design = DesignOf(said, names) };
        data.CheckPatients(said);
        return data;
    }

    /// <summary>The samples, with levels and codes as measured on some rows.</summary>
    /// <param name="rows">The rows that a model learns from.</param>
    /// <returns>The samples, and the graph from raw columns to their features.</returns>
    public (TreatmentSamples Samples, Graph Graph) Measure(ReadOnlySpan<int> rows)
    {
        var measured = _columns.Measure(rows);
        var builder = new GraphBuilder("medtune");
        builder.Output(ColumnPreprocessing.AppendForTrees(builder, measured));
        var graph = builder.Build();
        using var runner = new GraphRunner(graph, ColumnPreprocessing.TreeFeatures);
        float[] values = [.. runner.Run(_columns.Inputs)[ColumnPreprocessing.TreeFeatures].Values<float>()];
        var features = new FeatureMatrix(values, [.. measured.Select(column => column.Use != ColumnUse.Number)]);
        double[]? known = Design is { } design ? [.. Arms.SelectMany(_ => design)] : null;
        return (new TreatmentSamples(features, Arms, Outcomes, Dataset.Patients ?? [.. Enumerable.Range(0, Arms.Length)], ArmNames.Length) { KnownPropensities = known }, graph);
    }

    private static ImmutableArray<string> Names(string[] treatments, TreatmentColumns said)
    {
        string[] names = [.. treatments.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];
        if (names.Length < 2)
        {
            throw new DataException(names.Length == 0
                ? $"The treatment column '{said.Treatment}' is empty: name the column that says what each patient received."
                : $"The treatment column '{said.Treatment}' holds one arm only, so there is nothing to compare it with: add the patients who received something else.");
        }

        if (names.Length > MostArms)
        {
            throw new DataException(
                $"The treatment column '{said.Treatment}' has {Text(names.Length)} different values; an effect compares 2 to {MostArms} arms: name the column of the arms, or put doses and drugs into groups.");
        }

        bool areNumbers = names.All(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        names = areNumbers
            ? [.. names.OrderBy(name => double.Parse(name, NumberStyles.Float, CultureInfo.InvariantCulture))]
            : [.. names.Order(StringComparer.Ordinal)];
        string control = said.Control ?? names[0];
        return names.Contains(control)
            ? [control, .. names.Where(name => name != control)]
            : throw new DataException($"The treatment column '{said.Treatment}' has no value '{control}' to be the control; it has {string.Join(", ", names.Select(name => $"'{name}'"))}.");
    }

    private static ImmutableArray<double>? DesignOf(TreatmentColumns said, ImmutableArray<string> names)
    {
        if (said.Propensity is not { } chance)
        {
            return null;
        }

        double control = 1 - (chance * (names.Length - 1));
        return chance > 0 && control > 0
            ? [control, .. Enumerable.Repeat(chance, names.Length - 1)]
            : throw new DataException(
                string.Create(CultureInfo.InvariantCulture, $"With {names.Length} arms a propensity of {chance} for each but the control leaves the control no share: give one above 0 and below {1.0 / (names.Length - 1):0.###}."));
    }

    private void CheckPatients(TreatmentColumns said)
    {
        int[] groups = Dataset.Patients ?? [.. Enumerable.Range(0, Arms.Length)];
        for (int arm = 0; arm < ArmNames.Length; arm++)
        {
            int own = arm;
            int patients = Rows.Where(row => Arms[row] == own).Select(row => groups[row]).Distinct().Count();
            if (patients < FewestPatients)
            {
                throw new DataException(
                    $"Arm '{ArmNames[arm]}' of '{said.Treatment}' has {Count(patients, "patient")} with a known outcome; a comparison needs at least {FewestPatients} in every arm: add patients or leave the arm out.");
            }
        }

        if (Rows.Select(row => Outcomes[row]).Distinct().Take(2).Count() < 2)
        {
            throw new DataException($"The outcome '{said.Outcome}' is the same for every patient, so no treatment can have changed it: name another outcome.");
        }
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
