using MedTune.Data;

namespace MedTune.Prediction;

/// <summary>Takes answers of a model apart by raw column.</summary>
/// <remarks>
/// Linear models: exact, each term's weight times its distance from the mean training patient. Boosted trees: exact path-dependent Shapley
/// values against the mean over the training patients each tree was grown from (Lundberg et al., Nature Machine Intelligence 2:56, 2020).
/// Stacks of these two: exact, the weighted sum. Other models, random forests among them (their log-odds are no sum over trees): Shapley
/// values (Strumbelj and Kononenko, 2014) by sampled orders of the columns against the typical training patient. All add up exactly, and
/// the same file and sample give the same figures.
/// </remarks>
public sealed class Explainer : IDisposable
{
    private readonly Predictor _predictor;
    private readonly InputReader _reader;
    private readonly IContributionMethod _method;

    /// <summary>An explainer for a model.</summary>
    public Explainer(ModelFile model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _predictor = new Predictor(model);
        _reader = new InputReader(model.Manifest);
        _method = model.Manifest.Head.Terms.IsEmpty
            ? ExactContributions.For(model) ?? (IContributionMethod)new SampledShapley(model)
            : new LinearContributions(model);
    }

    /// <summary>Explains the answer for one sample; columns left out are missing.</summary>
    public Explanation Explain(IReadOnlyDictionary<string, string> row)
    {
        var answer = _predictor.Predict(row);
        var (inputs, _) = _reader.Read(row);
        return Explain(inputs, 0, answer);
    }

    /// <summary>Explains the answers for some rows of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">0-based data rows.</param>
    public IReadOnlyList<Explanation> Explain(Table table, IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var answers = _predictor.Predict(table);
        var (inputs, _) = _reader.Read(table);
        return [.. rows.Select(row => Explain(inputs, row, answers[row]))];
    }

    /// <summary>Explains the answers for some samples at hand.</summary>
    internal IReadOnlyList<Explanation> Explain(RawInputs inputs, ReadOnlySpan<int> rows)
    {
        var chosen = inputs.Select(rows);
        var answers = _predictor.Predict(chosen);
        var explanations = new Explanation[rows.Length];
        for (int i = 0; i < explanations.Length; i++)
        {
            explanations[i] = Explain(chosen, i, answers[i]);
        }

        return explanations;
    }

    /// <summary>How many samples the model is run on to explain one, about: what explaining many of them costs.</summary>
    internal int RunsPerSample => _method.RunsPerSample;

    /// <inheritdoc/>
    public void Dispose()
    {
        _predictor.Dispose();
        _method.Dispose();
    }

    private Explanation Explain(RawInputs inputs, int row, Prediction answer)
    {
        var manifest = _predictor.Model.Manifest;
        int answered = manifest.Classes.IndexOf(answer.Class);
        int explained = manifest.Classes.Length == 2 ? 1 : answered;
        var single = inputs.Select([row]);
        var (reference, parts) = _method.Explain(single, manifest.Classes.Length == 2 ? -1 : explained);
        string[] values = [.. single.Texts(0)];
        return new Explanation(
            answer,
            manifest.Classes[explained],
            reference + parts.Sum(),
            reference,
            [.. manifest.Columns.Select((column, i) => new Contribution(column.Name, values[i], parts[i]))],
            _method.Description)
        {
            IsCalibrated = manifest.IsExplainedCalibrated,
        };
    }
}
