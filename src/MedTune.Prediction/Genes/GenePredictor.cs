using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Answers probabilities for samples with gene data with a model file.</summary>
/// <remarks>Not safe for use from several threads at once; it uses several itself, and their number changes no answer.</remarks>
public sealed class GenePredictor : IDisposable
{
    private readonly TaskPool _pool;
    private readonly GeneRunner _runner;
    private readonly ManifestGenes _genes;

    /// <summary>A predictor for a model at hand.</summary>
    /// <param name="model">A model for gene data.</param>
    /// <param name="threads">At least 1. Default: one per processor.</param>
    /// <exception cref="ModelFileException">The model reads something else, or its graph cannot be run.</exception>
    public GenePredictor(ModelFile model, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        _genes = model.Manifest.Genes ?? throw new ModelFileException("The model is not for gene data; give the model of a run on expression, sequences or genotypes.");
        _pool = new TaskPool(threads ?? Environment.ProcessorCount);
        try
        {
            _runner = new GeneRunner(model.Graph, _genes.Input, ModelFile.ProbabilitiesOutput, _pool);
        }
        catch
        {
            _pool.Dispose();
            throw;
        }
    }

    /// <summary>The model.</summary>
    public ModelFile Model { get; }

    /// <summary>Reads a model file.</summary>
    /// <exception cref="ModelFileException">The file is refused.</exception>
    public static GenePredictor Load(string path, int? threads = null) => new(ModelFile.Load(path), threads);

    /// <summary>The answers for the samples of a set.</summary>
    /// <param name="set">Of the form that the model reads; genes and variants are found by name, those that are not there count as missing.</param>
    /// <exception cref="DataException">The set is of another form, none of the model's features is in it, or a sequence is too long.</exception>
    public IReadOnlyList<Prediction> Predict(GeneSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Form != _genes.Form)
        {
            throw new DataException($"The model reads {_genes.Input}, and the data are of another form; give it what it was trained on.");
        }

        if (set.Form == GeneForm.Sequence)
        {
            return Predict(set.Sequences);
        }

        var arranged = set.Features.AsSpan().SequenceEqual(_genes.Features.AsSpan()) ? set : set.Arranged(_genes.Features, out _);
        int width = _genes.Features.Length;
        int missing = width - _genes.Features.Intersect(set.Features, StringComparer.Ordinal).Count();
        if (missing == width)
        {
            throw new DataException($"None of the {width} {Noun} of the model is in '{Path.GetFileName(set.Path)}': names (and the build of the genome) must be those of the training data.");
        }

        int count = set.RowNumbers.Length;
        var values = arranged.Values;
        float[] found = _runner.Run(count, width, i => values.Slice(i * width, width));
        return [.. Enumerable.Range(0, count).Select(i => Answer(found, i, WarningsFor(values.Slice(i * width, width).Span, missing)))];
    }

    /// <summary>The answers for sequences of DNA.</summary>
    /// <param name="sequences">Codes of nucleotides in upper case, T for U.</param>
    /// <exception cref="DataException">A sequence is longer than the model takes.</exception>
    public IReadOnlyList<Prediction> Predict(ImmutableArray<string> sequences)
    {
        int tooLong = Array.FindIndex([.. sequences], letters => letters.Length > _genes.Length);
        if (tooLong >= 0)
        {
            throw new DataException($"Sequence {tooLong + 1} has {sequences[tooLong].Length} letters; the model takes at most {_genes.Length}: cut it into windows as those of the training data were.");
        }

        float[] found = _runner.Run(sequences.Length, _genes.Length, i => sequences[i]);
        return [.. sequences.Select((letters, i) => Answer(found, i, WarningsFor(letters)))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runner.Dispose();
        _pool.Dispose();
    }

    private string Noun => _genes.Form == GeneForm.Genotype ? "variants" : "genes";

    private Prediction Answer(float[] found, int sample, ImmutableArray<string> warnings)
    {
        var manifest = Model.Manifest;
        int classes = manifest.Classes.Length;
        var own = found.AsSpan(sample * classes, classes);
        ImmutableArray<double> probable = [.. own.ToArray().Select(probability => (double)probability)];
        int answered = Predictor.ClassOf(manifest, own);
        return new Prediction(manifest.Classes[answered], probable[classes == 2 ? 1 : answered], probable, warnings) { Set = manifest.Sets?.Of(manifest.Classes, probable) ?? default };
    }

    private ImmutableArray<string> WarningsFor(ReadOnlySpan<float> values, int absent)
    {
        var warnings = ImmutableArray.CreateBuilder<string>();
        (int unknown, int outside) = (0, 0);
        foreach (float value in values)
        {
            unknown += float.IsNaN(value) ? 1 : 0;
            outside += value < _genes.Minimum || value > _genes.Maximum ? 1 : 0;
        }

        if (unknown > 0)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{unknown} of {values.Length} {Noun} are missing{(absent > 0 ? $" ({absent} are not in the file)" : "")}"));
        }

        if (outside > 0)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{outside} values are outside of all seen in training ({_genes.Minimum:0.###} to {_genes.Maximum:0.###})"));
        }

        return warnings.ToImmutable();
    }

    private ImmutableArray<string> WarningsFor(string letters)
    {
        var warnings = ImmutableArray.CreateBuilder<string>();
        int unknown = letters.Count(letter => letter is not ('A' or 'C' or 'G' or 'T'));
        if (letters.Length < _genes.ShortestSequence)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{letters.Length} letters are fewer than in any sequence of training ({_genes.ShortestSequence})"));
        }

        if (unknown > 0)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{unknown} letters are not A, C, G or T"));
        }

        return warnings.ToImmutable();
    }
}
