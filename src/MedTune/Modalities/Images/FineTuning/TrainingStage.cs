using System.Collections.Immutable;
using MedTune.Data.Images;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>The part of a fine-tuning that sees pictures at one side: what prepares them, and what trains on them.</summary>
internal sealed class TrainingStage : IDisposable
{
    // Sides in steps that the strides of common networks divide; a step of a small side is an eighth of it.
    private const int SideStep = 32;
    private const int StepsOfSide = 8;

    private readonly PictureResizer _resizer;
    private readonly TrainedWeights _weights;

    /// <summary>Compiles the network at a side.</summary>
    /// <param name="backbone">The network at this side.</param>
    /// <param name="start">The head that training begins with.</param>
    /// <param name="read">Gives a picture to learn from by its number.</param>
    /// <param name="targets">What pictures teach.</param>
    /// <param name="counts">Pictures to learn from of each class.</param>
    /// <param name="batch">Pictures of a step.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <exception cref="InvalidGraphException">The network cannot be trained.</exception>
    public TrainingStage(
        ImageBackbone backbone, LinearMargins start, Func<int, PixelImage> read, PictureTargets targets, ImmutableArray<int> counts, int batch, FineTuningOptions options, ulong seed, TaskPool pool)
    {
        Backbone = backbone;
        _weights = new TrainedWeights(backbone.Graph, HeadedNetwork.Of(backbone, start, targets.Width), options, seed);
        _resizer = new PictureResizer(backbone);
        var loss = targets.LossOf(options, counts);
        Trainer = (PictureTrainer?)LastPart(read, targets.Pictures, loss, batch, options, pool) ?? Whole(read, targets.Pictures, loss, batch, options, seed, pool);
    }

    /// <summary>The network as it was before training, at this side.</summary>
    public ImageBackbone Backbone { get; }

    /// <summary>Prepares batches and moves the weights.</summary>
    public PictureTrainer Trainer { get; }

    /// <summary>The side at which an epoch sees pictures.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="whole">The side that the finished network reads.</param>
    /// <param name="options">With what share of it training begins.</param>
    public static int SideOf(int epoch, int whole, FineTuningOptions options)
    {
        int growing = options.Epochs / 2;
        if (options.FirstSide == 1 || epoch >= growing)
        {
            return whole;
        }

        double share = options.FirstSide + ((1 - options.FirstSide) * epoch / growing);
        int step = Math.Max(1, Math.Min(SideStep, whole / StepsOfSide));
        return Math.Clamp((int)Math.Round(share * whole / step) * step, step, whole);
    }

    /// <summary>Sets the rates of an epoch.</summary>
    public void Begin(int epoch) => Trainer.ChangeRates(_weights.Rates(epoch));

    /// <summary>The network as it is now, with averaged weights, at a side.</summary>
    /// <param name="whole">The untrained network with its head at that side.</param>
    public Graph Result(Graph whole)
    {
        var merged = _weights.Merged(Trainer.AveragedResult());
        return whole with { Initializers = whole.Initializers.ToImmutableSortedDictionary(pair => pair.Key, pair => merged.Initializers.GetValueOrDefault(pair.Key, pair.Value), StringComparer.Ordinal) };
    }

    /// <summary>Goes on from the weights and velocities of a stage at another side.</summary>
    public void GoOnFrom(TrainingStage before)
    {
        using var state = new MemoryStream();
        before.Trainer.Save(new BinaryWriter(state));
        state.Position = 0;
        Trainer.Load(new BinaryReader(state));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Trainer.Dispose();
        _resizer.Dispose();
    }

    private WholeTrainer Whole(Func<int, PixelImage> read, int count, Loss loss, int batch, FineTuningOptions options, ulong seed, TaskPool pool)
    {
        var trainer = new NetworkTrainer(
            _weights.Graph, HeadedNetwork.Scores, loss, _weights.Names, batch, TrainingOf(options), pool, memoryLimit: 2 * PictureRunner.MostBytes)
        {
            Seed = seed,
        };
        return new WholeTrainer(trainer, PicturesOf(read, count, options, seed, pool), Backbone.Input);
    }

    /// <summary>The trainer of the last part alone; null where the first part trains too, or its pictures are to be new in every epoch.</summary>
    private LastPartTrainer? LastPart(Func<int, PixelImage> read, int count, Loss loss, int batch, FineTuningOptions options, TaskPool pool)
    {
        bool isKept = options.Variants > 0 && options.LastBlocks is not null && options.FirstSide == 1 && options.Mixup + options.CutMix == 0;
        if (!isKept || !_weights.Names.All(_weights.Graph.Initializers.ContainsKey) || (long)count * options.Variants > int.MaxValue)
        {
            return null;
        }

        // Forms of a picture are the same in all outer folds, so that they meet what the final fit kept.
        var pictures = PicturesOf(read, count, options, options.VariantSeed, pool);
        try
        {
            return Of(options.KeptFolder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Of(null);
        }
        catch (InvalidGraphException)
        {
            pictures.Dispose();
            return null;
        }

        LastPartTrainer Of(string? folder) => new(
            _weights.Graph, Backbone.Input, loss, _weights.Names, batch, pictures, count, options.Variants, folder, TrainingOf(options), pool);
    }

    private TrainingPictures PicturesOf(Func<int, PixelImage> read, int count, FineTuningOptions options, ulong seed, TaskPool pool) =>
        new(_resizer, read, count, options.Policy, seed, Math.Max(1, pool.Threads / 2));

    private NetworkTrainingOptions TrainingOf(FineTuningOptions options) => new()
    {
        Optimizer = options.Optimizer == FineTuningRecipe.Sgd
            ? new SgdOptions { WeightDecay = (float)options.WeightDecay }
            : new AdamWOptions { WeightDecay = (float)options.WeightDecay },
        Rates = _weights.Rates(0),
        PullToStart = (float)options.PullToStart,
        LargestGradient = (float)options.LargestGradient,
        Averaging = (float)options.Averaging,
        UsesBatchStatistics = options.UsesBatchStatistics,
    };
}
