using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>
/// Runs only the part of the network that trains: what the part before it sees in a picture is computed once for each of a few changed forms, and kept. In epoch e every picture
/// is seen in its form e modulo their number.
/// </summary>
internal sealed class LastPartTrainer : PictureTrainer
{
    // What is kept of all pictures: in memory, and on disk for the outer folds and later runs.
    private const long MostMemory = 1L << 30;
    private const long MostDisk = 2L << 30;

    private readonly FrozenPrefixTrainer _trainer;
    private readonly TrainingPictures _pictures;
    private readonly string _input;
    private readonly int _variants;
    private readonly HashSet<int> _prepared = [];
    private readonly Dictionary<int, int> _places = [];
    private TrainingBatch? _batch;

    /// <summary>Compiles both parts.</summary>
    /// <param name="network">The network with its head.</param>
    /// <param name="input">Its input.</param>
    /// <param name="loss">What is minimized.</param>
    /// <param name="trained">The weights that move.</param>
    /// <param name="batch">Pictures of a step.</param>
    /// <param name="pictures">Becomes this object's.</param>
    /// <param name="count">Numbers of pictures are below it.</param>
    /// <param name="variants">Changed forms of a picture, at least 1.</param>
    /// <param name="folder">Where what is seen is kept for later runs; null for nowhere.</param>
    /// <param name="training">How weights move.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <exception cref="InvalidGraphException">Nothing in front of what trains can be kept.</exception>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public LastPartTrainer(
        Graph network,
        string input,
        Loss loss,
        IEnumerable<string> trained,
        int batch,
        TrainingPictures pictures,
        int count,
        int variants,
        string? folder,
        NetworkTrainingOptions training,
        Tensors.TaskPool pool)
    {
        (_pictures, _input, _variants) = (pictures, input, variants);
        var kept = new FrozenPrefixOptions { MemoryLimit = MostMemory, Folder = folder, FolderLimit = MostDisk };
        _trainer = new FrozenPrefixTrainer(network, HeadedNetwork.Scores, loss, trained, batch, checked(count * variants), Read, kept, training, pool);
    }

    /// <inheritdoc/>
    public override Span<float> Targets => _trainer.Target<float>();

    /// <inheritdoc/>
    public override ReadOnlySpan<float> Scores => _trainer.Output(HeadedNetwork.Scores);

    /// <inheritdoc/>
    public override FrozenSplit Split => _trainer.Split;

    /// <inheritdoc/>
    public override async Task<TrainingBatch> Begin(int[] samples, int epoch)
    {
        int variant = epoch % _variants;
        int[] missing = [.. samples.Distinct().Where(sample => _prepared.Add(Number(sample, variant)))];
        var prepared = missing.Length == 0 ? null : await _pictures.Begin(missing, variant).ConfigureAwait(false);
        return new TrainingBatch(samples, prepared?.Images ?? [], [.. samples.Select((_, place) => new Data.Augmentation.MixedPicture(place, 1))]) { Prepared = missing, Variant = variant };
    }

    /// <inheritdoc/>
    public override float Step(TrainingBatch batch, float rate)
    {
        _batch = batch;
        _places.Clear();
        for (int place = 0; place < batch.Prepared.Length; place++)
        {
            _places.Add(Number(batch.Prepared[place], batch.Variant), place);
        }

        return _trainer.Step(Array.ConvertAll(batch.Samples, sample => Number(sample, batch.Variant)), rate);
    }

    /// <inheritdoc/>
    public override void ChangeRates(ImmutableArray<ParameterRate> rates) => _trainer.ChangeRates(rates);

    /// <inheritdoc/>
    public override Graph AveragedResult() => _trainer.AveragedResult();

    /// <inheritdoc/>
    public override void Save(BinaryWriter writer) => _trainer.Save(writer);

    /// <inheritdoc/>
    public override void Load(BinaryReader reader) => _trainer.Load(reader);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _pictures.Dispose();
        try
        {
            _trainer.Save();
        }
        catch (IOException)
        {
            // The disk is full: later runs compute again what could not be kept.
        }

        _trainer.Dispose();
    }

    private int Number(int sample, int variant) => (sample * _variants) + variant;

    private void Read(int number, SampleInputs inputs)
    {
        var image = inputs.Of<float>(_input);
        if (_places.TryGetValue(number, out int place))
        {
            _batch!.Images.AsSpan(place * image.Length, image.Length).CopyTo(image);
        }
        else
        {
            // What there was no room to keep is computed again.
            _pictures.Prepare([number / _variants], number % _variants).Images.CopyTo(image);
        }
    }
}
