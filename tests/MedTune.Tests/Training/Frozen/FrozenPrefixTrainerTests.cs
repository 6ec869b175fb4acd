using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;
using MedTune.Tests.Graphs.Architectures;
using MedTune.Tests.House;
using MedTune.Training;

namespace MedTune.Tests.Training;

/// <summary>Training behind a frozen prefix: the bits of training without one, and a file that can be trusted.</summary>
public sealed class FrozenPrefixTrainerTests : IDisposable
{
    private const int Samples = 12;
    private const int Batch = 4;
    private const int Epochs = 3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("resnet-small", "fc.*")]
    [InlineData("resnet18", "layer4.*")]
    [InlineData("mobilenet-v2", "classifier.*")]
    [InlineData("vit", "head.*")]
    [InlineData("vit", "blocks.1.*")]
    [InlineData("transformer-encoder", "classifier.*")]
    public void Step_KeptOrNot_GivesTheWeightsOfTheWholeNetwork(string name, string trained)
    {
        var setting = new Setting(SampleArchitectures.Small(name), trained);
        float[] expected = setting.TrainWhole();
        foreach (int threads in new[] { 1, 2, 4 })
        {
            Assert.Equal(expected, setting.Train(new FrozenPrefixOptions(), out long computed, threads));
            Assert.Equal(Samples, computed);
        }

        Assert.Equal(expected, setting.Train(new FrozenPrefixOptions { MemoryLimit = 0 }, out long always));
        Assert.Equal(Samples * Epochs, always);
    }

    [Fact]
    public void File_OfAnEarlierRun_IsUsedAsFarAsItIsWhole()
    {
        var setting = new Setting(SampleArchitectures.Small("resnet-small"), "fc.*");
        float[] expected = setting.TrainWhole();
        long Computed(long memory = 1 << 20)
        {
            Assert.Equal(expected, setting.Train(new FrozenPrefixOptions { Folder = _folder.Path, MemoryLimit = memory }, out long computed));
            return computed;
        }

        // Without memory the answers of later epochs come from the file.
        Assert.Equal(Samples, Computed(memory: 0));
        string file = Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.Equal(0, Computed());
        byte[] whole = File.ReadAllBytes(file);

        byte[] damaged = [.. whole];
        damaged[^100] ^= 1;
        File.WriteAllBytes(file, damaged);
        Assert.Equal(1, Computed());
        Assert.Equal(0, Computed());

        File.WriteAllBytes(file, whole[..(whole.Length / 2)]);
        Assert.Equal((Samples / 2) + 1, Computed(memory: 0));
        Assert.Equal(0, Computed());

        whole[3] ^= 1;
        File.WriteAllBytes(file, whole);
        Assert.Equal(Samples, Computed());
        Assert.Equal(0, Computed());
        Assert.Equal(file, Assert.Single(Directory.GetFiles(_folder.Path)));
    }

    [Fact]
    public void File_OtherWeightsOrSmallLimit_IsNotMixed()
    {
        var network = SampleArchitectures.Small("resnet-small");
        var first = new Setting(network, "fc.*");
        var options = new FrozenPrefixOptions { Folder = _folder.Path };
        first.Train(options, out _);
        var filter = network.Graph.Initializers["conv1.weight"];
        float[] moved = filter.Values<float>().ToArray();
        moved[0] += 1;
        var other = new Setting(network with { Graph = network.Graph.WithInitializers([KeyValuePair.Create<string, Tensor>("conv1.weight", Tensor.Create<float>(filter.Shape, moved))]) }, "fc.*");
        other.Train(options with { FolderLimit = 5000 }, out long computed);
        Assert.Equal(Samples, computed);
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
        other.Train(options, out computed);
        Assert.Equal(Samples - 2, computed);
        Assert.Throws<DirectoryNotFoundException>(() => first.Train(options with { Folder = Path.Combine(_folder.Path, "none") }, out _));
    }

    [Fact]
    public void Step_SameContentAndWrongCount_IsComputedOnceAndRefused()
    {
        var setting = new Setting(SampleArchitectures.Small("resnet-small"), "fc.*") { Distinct = 5 };
        setting.Train(new FrozenPrefixOptions(), out long computed);
        Assert.Equal(5, computed);
        using var trainer = setting.Trainer(new FrozenPrefixOptions(), TaskPool.Sequential);
        Assert.Contains("4 samples; 1", Assert.Throws<ArgumentException>(() => trainer.Step([0], 0.1f)).Message, StringComparison.Ordinal);
    }

    /// <summary>A network, what of it is trained, and samples by formula in an order that changes from epoch to epoch.</summary>
    private sealed record Setting(Architecture Network, string Trained)
    {
        public int Distinct { get; init; } = Samples;

        private string[] Names => [.. Network.Parameters.Where(name => NamePattern.Matches(Trained, name))];

        public FrozenPrefixTrainer Trainer(FrozenPrefixOptions options, TaskPool pool) => new(
            Network.Graph, Architecture.Logits, new CrossEntropy(), Names, Batch, Samples, Read, options, pool: pool, dimensions: new PlanOptions().Dimensions.Add("L", 7))
        {
            Seed = 5,
        };

        public float[] Train(FrozenPrefixOptions options, out long computed, int threads = 2)
        {
            using var pool = new TaskPool(threads);
            using var trainer = Trainer(options, pool);
            foreach (int[] numbers in Batches())
            {
                for (int i = 0; i < Batch; i++)
                {
                    trainer.Target<long>()[i] = numbers[i] % 3;
                }

                trainer.Step(numbers, 0.05f);
            }

            trainer.Save();
            computed = trainer.Computed;
            var result = trainer.Result();
            Assert.Equal(Network.Graph.Nodes, result.Nodes);
            return [.. Network.Parameters.Concat(Network.Statistics).SelectMany(name => result.Initializers[name].Values<float>().ToArray())];
        }

        public float[] TrainWhole()
        {
            using var trainer = new NetworkTrainer(Network.Graph, Architecture.Logits, new CrossEntropy(), Names, Batch, dimensions: new PlanOptions().Dimensions.Add("L", 7)) { Seed = 5 };
            foreach (int[] numbers in Batches())
            {
                for (int i = 0; i < Batch; i++)
                {
                    foreach (var input in Network.Graph.Inputs)
                    {
                        if (input.Type.Element == ElementType.Float)
                        {
                            Fill(numbers[i], input.Name, Part(trainer.Input<float>(input.Name), i));
                        }
                        else
                        {
                            Fill(numbers[i], input.Name, Part(trainer.Input<long>(input.Name), i));
                        }
                    }

                    trainer.Input<long>(Loss.TargetName)[i] = numbers[i] % 3;
                }

                trainer.Step(0.05f);
            }

            var result = trainer.Result();
            return [.. Network.Parameters.Concat(Network.Statistics).SelectMany(name => result.Initializers[name].Values<float>().ToArray())];
        }

        private static Span<T> Part<T>(Span<T> all, int place) => all.Slice(place * (all.Length / Batch), all.Length / Batch);

        private static IEnumerable<int[]> Batches() => Enumerable.Range(0, Epochs)
            .SelectMany(epoch => Enumerable.Range(0, Samples).OrderBy(sample => HashedValues.Bits(HashedValues.Seed($"order {epoch}"), sample)).Chunk(Batch));

        private void Read(int sample, SampleInputs inputs)
        {
            foreach (var input in Network.Graph.Inputs)
            {
                if (input.Type.Element == ElementType.Float)
                {
                    Fill(sample, input.Name, inputs.Of<float>(input.Name));
                }
                else
                {
                    Fill(sample, input.Name, inputs.Of<long>(input.Name));
                }
            }
        }

        private void Fill(int sample, string name, Span<float> values) => HashedValues.Fill($"{name} {sample % Distinct}", values);

        private void Fill(int sample, string name, Span<long> values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = name == "input_ids" ? ((sample % Distinct) + i) % 31 : name == "token_type_ids" ? i / 3 % 2 : i < 7 - (sample % 3) ? 1 : 0;
            }
        }
    }
}
