using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>
/// Trains the last part of a network while the first stays as it is: what the frozen part answers for a sample is computed once, as in prediction (normalization
/// folded, nothing kept for gradients), and from then on only the rest runs. The weights are, bit for bit, those of training without keeping anything.
/// </summary>
/// <remarks>
/// A sample is read when its answers are not known; it must be the same whenever it is read, so it cannot be augmented anew in every epoch (give each variant a
/// number of its own). Answers are kept under the digest of the sample's content; the file, where there is one, is also checked when it is read.
/// </remarks>
public sealed class FrozenPrefixTrainer : IDisposable
{
    // Samples that go through the frozen part together: more would take memory and no less time.
    private const int MostTogether = 8;

    private readonly Graph _network;
    private readonly int _together;
    private readonly TaskPool _pool;
    private readonly SampleReader _read;
    private readonly ExecutionPlan _prefix;
    private readonly NetworkTrainer _rest;
    private readonly AnswerCache _cache;
    private readonly ImmutableArray<(string Name, bool IsFloat, bool IsInput, int Bytes)> _cut;
    private readonly ImmutableArray<(string Name, bool IsFloat)> _inputs;
    private readonly SampleDigest?[] _digests;
    private readonly int[] _missing;
    private readonly byte[] _answers;
    private readonly int[] _reading;

    /// <summary>Splits a network and compiles both parts.</summary>
    /// <param name="network">The network in its inference form, with its first weights; the batch dimension is N. Its inputs hold Float or Int64.</param>
    /// <param name="logits">The value the loss reads.</param>
    /// <param name="loss">What is minimized.</param>
    /// <param name="trainable">The weights that move; what lies in front of all of them is computed once a sample.</param>
    /// <param name="batch">Samples per step.</param>
    /// <param name="samples">How many samples there are; they are numbered from 0.</param>
    /// <param name="read">Writes a sample's inputs.</param>
    /// <param name="frozen">Where answers are kept; in memory by default.</param>
    /// <param name="options">How weights move; SGD with momentum 0.9 by default.</param>
    /// <param name="pool">The threads; by default only the caller's.</param>
    /// <param name="dimensions">Extents of further open dimensions, such as L of a sequence.</param>
    /// <exception cref="InvalidGraphException">Nothing is frozen, or something cannot be trained; the message says what.</exception>
    /// <exception cref="IOException">The folder for the answers is not there, or cannot be used.</exception>
    public FrozenPrefixTrainer(
        Graph network,
        string logits,
        Loss loss,
        IEnumerable<string> trainable,
        int batch,
        int samples,
        SampleReader read,
        FrozenPrefixOptions? frozen = null,
        NetworkTrainingOptions? options = null,
        TaskPool? pool = null,
        ImmutableDictionary<string, int>? dimensions = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(trainable);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        frozen ??= new FrozenPrefixOptions();
        (_network, _pool, _read) = (network, pool ?? TaskPool.Sequential, read);
        string[] names = [.. trainable];
        Split = FrozenSplit.Of(network, logits, names, dimensions);
        if (Split.Prefix.Inputs.FirstOrDefault(input => input.Type.Element is not (ElementType.Float or ElementType.Int64)) is { Name: not null } other)
        {
            throw new InvalidGraphException($"Input '{other.Name}' holds {other.Type.Element}; samples of Float and Int64 can be told apart by their content. Train the whole network.");
        }

        var extents = dimensions ?? new PlanOptions().Dimensions;
        _together = Math.Min(batch, MostTogether);
        _prefix = ExecutionPlan.Compile(Split.Prefix, new PlanOptions { Pool = _pool, Dimensions = extents }.WithBatch(_together));
        _rest = new NetworkTrainer(Split.Rest, logits, loss, names, batch, options, _pool, extents.SetItems(Split.Extents(batch)));
        _inputs = [.. Split.Prefix.Inputs.Select(input => (input.Name, input.Type.Element == ElementType.Float))];
        _cut = [.. Split.Cut.Select(value => (value.Name, value.Type.Element == ElementType.Float, Split.Prefix.Inputs.Any(input => input.Name == value.Name), 0))];
        _cut = [.. _cut.Select(value => value with { Bytes = Answers(value).Length / _together })];
        BytesPerSample = _cut.Sum(value => value.Bytes);
        _digests = new SampleDigest?[samples];
        _missing = new int[batch];
        _reading = new int[_together];
        _answers = new byte[BytesPerSample];
        _cache = new AnswerCache(
            BytesPerSample, frozen.MemoryLimit, frozen.Folder is null ? null : new AnswerFile(frozen.Folder, Key(extents), BytesPerSample, frozen.FolderLimit));
    }

    /// <summary>The two parts of the network.</summary>
    public FrozenSplit Split { get; }

    /// <summary>Bytes of what is kept of one sample.</summary>
    public int BytesPerSample { get; }

    /// <summary>How often a sample went through the frozen part so far.</summary>
    public long Computed { get; private set; }

    /// <summary>Seed of what is drawn in training (dropout). Default 0.</summary>
    public ulong Seed
    {
        get => _rest.Seed;
        set => _rest.Seed = value;
    }

    /// <summary>The memory of the batch's targets, to be written before a step.</summary>
    /// <typeparam name="T">What the loss takes: float or long.</typeparam>
    public Span<T> Target<T>()
        where T : unmanaged => _rest.Input<T>(Loss.TargetName);

    /// <summary>The weights of an initializer that training changes, or a running statistic, as they are now.</summary>
    /// <param name="name">The initializer's name.</param>
    /// <exception cref="ArgumentException">Training does not change it.</exception>
    public ReadOnlySpan<float> Weights(string name) => _rest.Weights(name);

    /// <summary>Moves the weights by the gradients of a batch.</summary>
    /// <param name="samples">The samples' numbers, as many as a batch has; their targets have been written.</param>
    /// <param name="learningRate">Greater than 0.</param>
    /// <returns>The mean loss of the batch before the step.</returns>
    /// <exception cref="ArgumentException">There are more or fewer samples than the batch has.</exception>
    public float Step(ReadOnlySpan<int> samples, float learningRate)
    {
        if (samples.Length != _missing.Length)
        {
            throw new ArgumentException($"The batch has {_missing.Length} samples; {samples.Length} were given.", nameof(samples));
        }

        int missing = 0;
        for (int place = 0; place < samples.Length; place++)
        {
            if (_digests[samples[place]] is SampleDigest known && _cache.TryRead(known, _answers))
            {
                Give(place);
            }
            else
            {
                _missing[missing++] = place;
            }
        }

        for (int start = 0; start < missing; start += _together)
        {
            Find(samples, _missing.AsSpan(start, Math.Min(_together, missing - start)));
        }

        return _rest.Step(learningRate);
    }

    /// <summary>Writes what was computed since into the folder of the options, for later runs; without a folder, nothing.</summary>
    /// <exception cref="IOException">There is no room; what was there stays.</exception>
    public void Save() => _cache.Save();

    /// <summary>The network in its inference form with the weights and running statistics as they are now.</summary>
    public Graph Result() => Whole(_rest.Result());

    /// <summary>The network with the averaged weights; with those of <see cref="Result"/> where nothing is averaged.</summary>
    public Graph AveragedResult() => Whole(_rest.AveragedResult());

    /// <inheritdoc cref="NetworkTrainer.ChangeRates"/>
    public void ChangeRates(ImmutableArray<ParameterRate> rates) => _rest.ChangeRates(rates);

    /// <inheritdoc/>
    public void Dispose()
    {
        _cache.Dispose();
        _prefix.Dispose();
        _rest.Dispose();
    }

    /// <summary>What the last step answered, before it.</summary>
    internal ReadOnlySpan<float> Output(string name) => _rest.Plan.Output<float>(name);

    /// <inheritdoc cref="NetworkTrainer.Save"/>
    internal void Save(BinaryWriter writer) => _rest.Save(writer);

    /// <inheritdoc cref="NetworkTrainer.Load"/>
    internal void Load(BinaryReader reader) => _rest.Load(reader);

    private Graph Whole(Graph rest)
    {
        var trained = rest.Initializers;
        return _network.WithInitializers(trained.Where(pair => _network.Initializers.ContainsKey(pair.Key)));
    }

    /// <summary>Reads samples for these places of the batch; those whose content is not known go through the frozen part together.</summary>
    private void Find(ReadOnlySpan<int> samples, ReadOnlySpan<int> places)
    {
        for (int i = 0; i < places.Length; i++)
        {
            _reading[i] = samples[places[i]];
            _read(_reading[i], new SampleInputs(_prefix, i, _together));
        }

        _pool.Run(places.Length, this, static (trainer, i) => trainer.Digest(i));
        bool hasRun = false;
        for (int i = 0; i < places.Length; i++)
        {
            var digest = _digests[_reading[i]]!.Value;
            if (!_cache.TryRead(digest, _answers))
            {
                if (!hasRun)
                {
                    _prefix.Run();
                    hasRun = true;
                }

                Take(i);
                _cache.Add(digest, _answers);
                Computed++;
            }

            Give(places[i]);
        }
    }

    private void Digest(int place)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, isFloat) in _inputs)
        {
            var all = isFloat ? MemoryMarshal.AsBytes(_prefix.Input<float>(name)) : MemoryMarshal.AsBytes(_prefix.Input<long>(name));
            int length = all.Length / _together;
            hash.AppendData(all.Slice(place * length, length));
        }

        _digests[_reading[place]] = SampleDigest.Finish(hash);
    }

    /// <summary>Copies the answers of a place of the frozen part together.</summary>
    private void Take(int place)
    {
        int start = 0;
        foreach (var value in _cut)
        {
            Answers(value).Slice(place * value.Bytes, value.Bytes).CopyTo(_answers.AsSpan(start));
            start += value.Bytes;
        }
    }

    /// <summary>Hands the answers at hand to the part that is trained.</summary>
    private void Give(int place)
    {
        int start = 0;
        foreach (var (name, isFloat, _, bytes) in _cut)
        {
            var inputs = isFloat ? MemoryMarshal.AsBytes(_rest.Input<float>(name)) : MemoryMarshal.AsBytes(_rest.Input<long>(name));
            _answers.AsSpan(start, bytes).CopyTo(inputs[(place * bytes)..]);
            start += bytes;
        }
    }

    /// <summary>What the frozen part gave for all samples that went through it together.</summary>
    private ReadOnlySpan<byte> Answers((string Name, bool IsFloat, bool IsInput, int Bytes) value) => (value.IsFloat, value.IsInput) switch
    {
        (true, true) => MemoryMarshal.AsBytes(_prefix.Input<float>(value.Name)),
        (true, false) => MemoryMarshal.AsBytes(_prefix.Output<float>(value.Name)),
        (false, true) => MemoryMarshal.AsBytes(_prefix.Input<long>(value.Name)),
        _ => MemoryMarshal.AsBytes(_prefix.Output<long>(value.Name)),
    };

    /// <summary>Digest of all that fixes the answers but the sample: the prefix with its weights, the open extents, and the rules of rounding.</summary>
    private byte[] Key(ImmutableDictionary<string, int> extents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(OnnxFile.ToBytes(Split.Prefix));
        string rest = string.Join('|', extents.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => FormattableString.Invariant($"{pair.Key}={pair.Value}")));
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"{NumericsProfile.Version}|{rest}|{string.Join('|', _cut.Select(value => value.Name))}")));
        return hash.GetHashAndReset();
    }
}
