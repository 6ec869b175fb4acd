using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>How good the probabilities and decisions of a model of several classes are, over all classes and for each.</summary>
/// <remarks>
/// A row's decision is its most probable class (of equal ones the first). The result depends on the rows and the options only, not
/// on the order of the rows. Where a patient has several rows, intervals come from resampling patients.
/// </remarks>
public sealed class MulticlassEvaluation
{
    private MulticlassEvaluation(
        WeightedMulticlassSample sample, ImmutableArray<string> names, ImmutableSortedDictionary<string, Estimate> metrics, ImmutableArray<ClassEvaluation> classes)
    {
        Count = sample.Rows.Count;
        Patients = sample.Rows.UnitCount;
        Metrics = metrics;
        ConfusionMatrix = new MulticlassConfusionMatrix(names, sample.Confusion);
        Classes = classes;
    }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Patients: equal to <see cref="Count"/> where no groups were given or none repeats.</summary>
    public int Patients { get; }

    /// <summary>Every metric of <see cref="MetricRegistry.Multiclass"/> by name, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, Estimate> Metrics { get; }

    /// <summary>How often each class was taken for each.</summary>
    public MulticlassConfusionMatrix ConfusionMatrix { get; }

    /// <summary>Each class against the rest, in the order of the class names given.</summary>
    public ImmutableArray<ClassEvaluation> Classes { get; }

    /// <summary>Evaluates predictions of several classes.</summary>
    /// <param name="predictions">At least one row and two classes.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated.</exception>
    public static MulticlassEvaluation Of(MulticlassPredictions predictions, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        options ??= EvaluationOptions.Default;
        options.Check();
        predictions.Check();

        MulticlassSample rows = MulticlassSample.Of(predictions);
        BinarySample[] against = [.. Enumerable.Range(0, rows.Classes).Select(rows.Against)];
        WeightedMulticlassSample sample = new(rows, against, options);
        MulticlassEstimates overall = new(sample);
        BinaryEstimates[] perClass = [.. against.Select(one => new BinaryEstimates(one, MetricRegistry.PerClass, options))];
        Resample(rows, overall, perClass, options);

        ImmutableArray<string> names = [.. predictions.ClassNames];
        return new MulticlassEvaluation(
            sample,
            names,
            overall.Found.ToImmutableSortedDictionary(StringComparer.Ordinal),
            [.. perClass.Select((one, k) => new ClassEvaluation(names[k], against[k], one.Found.ToImmutableSortedDictionary(StringComparer.Ordinal), options))]);
    }

    /// <summary>All metrics under one name each: the overall ones by their names, those of a class as <c>recall_&lt;class&gt;</c>.</summary>
    public ImmutableSortedDictionary<string, Estimate> AllMetrics()
    {
        ImmutableSortedDictionary<string, Estimate>.Builder all = Metrics.ToBuilder();
        foreach (ClassEvaluation one in Classes)
        {
            foreach ((string name, Estimate estimate) in one.Metrics)
            {
                all[name + "_" + one.Name] = estimate;
            }
        }
        return all.ToImmutable();
    }

    /// <summary>One set of draws serves the overall metrics and those of every class.</summary>
    private static void Resample(MulticlassSample rows, MulticlassEstimates overall, BinaryEstimates[] perClass, EvaluationOptions options)
    {
        int outputs = overall.Open + perClass.Sum(one => one.Open);
        if (outputs == 0)
        {
            return;
        }
        double[][] replicates = Bootstrap.Replicates(options.Seed, rows.UnitCount, options.ResamplesFor(rows.Count), outputs, Measure);
        int closed = overall.Open;
        overall.Close(replicates.AsSpan(0, closed));
        foreach (BinaryEstimates one in perClass)
        {
            int open = one.Open;
            one.Close(replicates.AsSpan(closed, open));
            closed += open;
        }

        void Measure(ReadOnlySpan<int> unitCounts, Span<double> figures)
        {
            overall.Measure(unitCounts, figures[..overall.Open]);
            int written = overall.Open;
            foreach (BinaryEstimates one in perClass)
            {
                if (one.Open > 0)
                {
                    one.Measure(unitCounts, figures.Slice(written, one.Open));
                    written += one.Open;
                }
            }
        }
    }
}
