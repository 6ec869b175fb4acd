using System.Collections.Immutable;
using MedTune.Data;

namespace MedTune.Prediction;

/// <summary>Answers probabilities for new samples with a model file.</summary>
/// <remarks>Not safe for use from several threads at once: make one predictor per thread.</remarks>
public sealed class Predictor : IDisposable
{
    private readonly GraphRunner _runner;
    private readonly InputReader _reader;

    /// <summary>A predictor for a model at hand.</summary>
    public Predictor(ModelFile model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        if (model.Manifest.Image is not null)
        {
            throw new ModelFileException("The model is for pictures, not for tables; give it pictures, or the model of a run on a table.");
        }

        if (model.Manifest.Genes is not null)
        {
            throw new ModelFileException("The model is for gene data, not for tables; give it gene data, or the model of a run on a table.");
        }

        _reader = new InputReader(model.Manifest);
        _runner = new GraphRunner(model.Graph, ModelFile.ProbabilitiesOutput);
    }

    /// <summary>The model.</summary>
    public ModelFile Model { get; }

    /// <summary>Reads a model file.</summary>
    /// <exception cref="ModelFileException">The file is refused.</exception>
    public static Predictor Load(string path) => new(ModelFile.Load(path));

    /// <summary>The answer for one sample.</summary>
    /// <param name="row">Texts by column name, as they would stand in a table; a column left out is missing.</param>
    /// <exception cref="DataException">A name is not a column of the model.</exception>
    public Prediction Predict(IReadOnlyDictionary<string, string> row)
    {
        var (inputs, warnings) = _reader.Read(row);
        return Answer(inputs, warnings)[0];
    }

    /// <summary>The answers for the rows of a table; columns the model does not know are ignored.</summary>
    /// <exception cref="DataException">Columns of the model are not in the table, or a column holds something else than the model expects.</exception>
    public IReadOnlyList<Prediction> Predict(Table table)
    {
        var (inputs, warnings) = _reader.Read(table);
        return Answer(inputs, warnings);
    }

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();

    /// <summary>The answers for samples at hand, without warnings.</summary>
    internal IReadOnlyList<Prediction> Predict(RawInputs inputs)
    {
        var none = new ImmutableArray<string>[inputs.Rows];
        Array.Fill(none, []);
        return Answer(inputs, none);
    }

    /// <summary>The probabilities of samples at hand, one row per sample.</summary>
    internal float[] Probabilities(RawInputs inputs) =>
        inputs.Rows == 0 ? [] : _runner.Run(inputs)[ModelFile.ProbabilitiesOutput].Values<float>().ToArray();

    /// <summary>The class answered for these probabilities.</summary>
    internal static int ClassOf(Manifest manifest, ReadOnlySpan<float> probabilities)
    {
        if (manifest.Threshold is { } threshold)
        {
            return probabilities[1] >= threshold ? 1 : 0;
        }

        int best = 0;
        for (int k = 1; k < probabilities.Length; k++)
        {
            best = probabilities[k] > probabilities[best] ? k : best;
        }

        return best;
    }

    private Prediction[] Answer(RawInputs inputs, IReadOnlyList<ImmutableArray<string>> warnings)
    {
        var manifest = Model.Manifest;
        int classes = manifest.Classes.Length;
        float[] probabilities = Probabilities(inputs);
        var answers = new Prediction[inputs.Rows];
        for (int i = 0; i < answers.Length; i++)
        {
            var own = probabilities.AsSpan(i * classes, classes);
            int answered = ClassOf(manifest, own);
            int shown = classes == 2 ? 1 : answered;
            var all = ImmutableArray.CreateBuilder<double>(classes);
            foreach (float probability in own)
            {
                all.Add(probability);
            }

            var probable = all.MoveToImmutable();
            answers[i] = new Prediction(manifest.Classes[answered], own[shown], probable, warnings[i]) { Set = manifest.Sets?.Of(manifest.Classes, probable) ?? default };
        }

        return answers;
    }
}
