using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Says what genes, variants or letters do to the answers of a model for gene data, by asking it about changed inputs.</summary>
/// <remarks>It works alike for every kind of model. Not safe for use from several threads at once; the number of its own changes no bit.</remarks>
public sealed class GeneExplainer : IDisposable
{
    /// <summary>The most letters of a sequence whose changes are looked at; each takes three answers.</summary>
    public const int MostLetters = 4000;

    // Blocks of genes that change nothing together are not taken apart: most models read few of many.
    private const int BlockSize = 64;

    private readonly GenePredictor _predictor;
    private readonly TaskPool _pool;
    private readonly GeneRunner _runner;
    private readonly ManifestGenes _genes;

    /// <summary>An explainer for a model at hand.</summary>
    /// <param name="model">A model for gene data.</param>
    /// <param name="threads">At least 1. Default: one per processor.</param>
    /// <exception cref="ModelFileException">The model reads something else, or its graph cannot be run.</exception>
    public GeneExplainer(ModelFile model, int? threads = null)
    {
        _predictor = new GenePredictor(model, threads);
        _genes = model.Manifest.Genes!;
        _pool = new TaskPool(threads ?? Environment.ProcessorCount);
        try
        {
            _runner = new GeneRunner(model.Graph, _genes.Input, model.Manifest.Head.CalibratedMargin, _pool);
        }
        catch
        {
            _pool.Dispose();
            _predictor.Dispose();
            throw;
        }
    }

    /// <summary>The model.</summary>
    public ModelFile Model => _predictor.Model;

    /// <summary>What each gene or variant does to the answers for samples.</summary>
    /// <param name="set">Samples of the form that the model reads.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="cancellation">Stops between samples.</param>
    /// <exception cref="DataException">The set does not fit the model.</exception>
    public IReadOnlyList<GeneExplanation> Explain(GeneSet set, IReadOnlyList<int> rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(rows);
        if (_genes.Form == GeneForm.Sequence)
        {
            throw new DataException("The model reads sequences, which have no genes to tell apart; ask for their letters.");
        }

        var taken = set.Take(rows);
        var answers = _predictor.Predict(taken);
        taken = taken.Arranged(_genes.Features, out _);
        int width = _genes.Features.Length;
        var explanations = new List<GeneExplanation>();
        for (int row = 0; row < rows.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            float[] values = taken.Values.Slice(row * width, width).ToArray();
            int answered = ClassOf(answers[row]);
            double[] effects = Effects(values, answered, out double own);
            explanations.Add(new GeneExplanation(
                answers[row], Model.Manifest.Classes[answered], own, [.. effects.Select((effect, i) => new GeneEffect(_genes.Features[i], values[i], effect))]));
        }

        return explanations;
    }

    /// <summary>What each change of one letter does to the answer for a sequence.</summary>
    /// <param name="letters">Codes of nucleotides in upper case, T for U.</param>
    /// <exception cref="DataException">The sequence is longer than the model takes, or than <see cref="MostLetters"/>, or the model reads no sequences.</exception>
    public SequenceMutations Mutate(string letters)
    {
        ArgumentNullException.ThrowIfNull(letters);
        if (_genes.Form != GeneForm.Sequence)
        {
            throw new DataException($"The model reads {_genes.Input}, not letters.");
        }

        if (letters.Length > MostLetters)
        {
            throw new DataException($"The sequence has {letters.Length} letters; changes are looked at one by one for at most {MostLetters}: cut a window out of it.");
        }

        var answer = _predictor.Predict([letters])[0];
        int answered = ClassOf(answer);
        (int Place, int Letter)[] changed =
        [
            .. Enumerable.Range(0, letters.Length)
                .SelectMany(place => Enumerable.Range(0, SequenceMutations.Alphabet.Length).Select(letter => (place, letter)))
                .Where(change => SequenceMutations.Alphabet[change.letter] != letters[change.place]),
        ];
        float[] margins = _runner.Run(changed.Length + 1, _genes.Length, i => i == 0 ? letters : Mutated(letters, changed[i - 1]));
        double own = LogOdds(margins, 0, answered);
        double[] changes = new double[letters.Length * SequenceMutations.Alphabet.Length];
        for (int i = 0; i < changed.Length; i++)
        {
            changes[(changed[i].Place * SequenceMutations.Alphabet.Length) + changed[i].Letter] = LogOdds(margins, i + 1, answered) - own;
        }

        return new SequenceMutations(answer, Model.Manifest.Classes[answered], own, letters, [.. changes]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runner.Dispose();
        _pool.Dispose();
        _predictor.Dispose();
    }

    private static string Mutated(string letters, (int Place, int Letter) change) =>
        string.Concat(letters.AsSpan(0, change.Place), SequenceMutations.Alphabet.AsSpan(change.Letter, 1), letters.AsSpan(change.Place + 1));

    /// <summary>The positive class of two, or the one answered of several.</summary>
    private int ClassOf(Prediction answer) => Model.Manifest.Classes.Length == 2 ? 1 : Model.Manifest.Classes.IndexOf(answer.Class);

    private double LogOdds(float[] margins, int sample, int answered)
    {
        int count = Model.Manifest.Classes.Length == 2 ? 1 : Model.Manifest.Classes.Length;
        var own = margins.AsSpan(sample * count, count);
        if (count == 1)
        {
            return own[0];
        }

        double sum = 0;
        foreach (float margin in own)
        {
            sum += margin;
        }

        return own[answered] - (sum / count);
    }

    private double[] Effects(float[] values, int answered, out double own)
    {
        int[] known = [.. Enumerable.Range(0, values.Length).Where(i => !float.IsNaN(values[i]))];
        int[][] blocks = known.Length > 2 * BlockSize ? [.. known.Chunk(BlockSize)] : [.. known.Select(feature => new[] { feature })];
        double reference = LogOdds(Without(values, [[]]), 0, answered);
        own = reference;
        float[] together = Without(values, blocks);
        int[][] read = [.. blocks.Where((block, i) => block.Length > 1 && LogOdds(together, i, answered) != reference).SelectMany(block => block).Select(feature => new[] { feature })];
        double[] effects = new double[values.Length];
        for (int i = 0; i < blocks.Length; i++)
        {
            effects[blocks[i][0]] = blocks[i].Length == 1 ? reference - LogOdds(together, i, answered) : 0;
        }

        float[] alone = Without(values, read);
        for (int i = 0; i < read.Length; i++)
        {
            effects[read[i][0]] = reference - LogOdds(alone, i, answered);
        }

        return effects;
    }

    /// <summary>The margins with the values of each group of features missing.</summary>
    private float[] Without(float[] values, int[][] groups)
    {
        float[] changed = [.. values];

        // The runner asks for one sample after the other, so a single copy serves all of them.
        return groups.Length == 0 ? [] : _runner.Run(groups.Length, values.Length, i =>
        {
            foreach (int feature in i == 0 ? [] : groups[i - 1])
            {
                changed[feature] = values[feature];
            }

            foreach (int feature in groups[i])
            {
                changed[feature] = float.NaN;
            }

            return changed;
        });
    }
}
