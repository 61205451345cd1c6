package com.example.cards;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;

public class CardTotals {
    public static void main(String[] args) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("card-payments", Consumed.with(Serdes.String(), Serdes.Long()))
            .groupByKey()
            .reduce(Long::sum, Materialized.as("totals"));
        new KafkaStreams(builder.build(), Settings.load()).start();
    }
}
